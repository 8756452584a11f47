import { svelte, vitePreprocess } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  // Trees are made by createElement, never from HTML text: the page runs under require-trusted-types-for 'script'.
  plugins: [svelte({ preprocess: vitePreprocess(), compilerOptions: { fragments: "tree" } })],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false }, // it would be an inline script in some browsers' eyes
    assetsInlineLimit: 0, // no data: addresses: the policy allows none
    reportCompressedSize: false,
    rollupOptions: { output: { entryFileNames: "[name]-[hash].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" } },
  },
});
