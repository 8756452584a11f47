// Every page in both lights, in two sizes and four languages: clean by axe, no wider than its window, and, where
// CAREO_SHOTS names a folder, a picture of each to be looked at. Started by run.sh.
import assert from "node:assert/strict";
import { fitToBeSeen, idle, open, run, serve, step } from "./stage.mjs";

const languages = ["es", "en", "ru", "uk"];
const sizes = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }];
const lights = ["light", "dark"];

// The pages in the order in which one reaches them.
const first = (page, what) => page.locator(what).first();
const go = (page, place) => page.locator(".rail li a").nth(place).click();
const pages = {
  overview: async (page) => {
    await go(page, 0);
    await first(page, ".tile").waitFor();
  },
  documents: async (page) => {
    await go(page, 1);
    await first(page, ".card.doc .shot img").waitFor();
  },
  document: async (page) => {
    await first(page, ".card.doc").click();
    await first(page, ".stage svg .zonebox").waitFor();
  },
  search: async (page) => {
    await go(page, 2);
    await page.getByRole("searchbox").first().fill("contrato");
    await page.keyboard.press("Enter");
    await first(page, ".hit[aria-current=true]").waitFor();
    await page.locator(".reader").waitFor();
  },
  form: async (page) => {
    await page.getByRole("searchbox").first().fill("form:eticket");
    await page.keyboard.press("Enter");
    await page.locator(".reader .found dl").waitFor();
    // On a telephone a long title ends in dots and not beyond the page.
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    const right = await page.locator(".hit > *").evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().right)));
    assert.ok(right <= 390, `a hit ends at ${right} of 390 pixels`);
    await page.setViewportSize(size);
  },
  claims: async (page) => {
    await go(page, 3);
    await first(page, ".claim.fits .gist").click();
    await first(page, ".claim.on .exhibits a").waitFor();
  },
  part: async (page) => {
    await first(page, ".claim.on .exhibits a").click();
    await page.locator(".reader").waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
  },
};

async function dressed(page, language, light) {
  await page.evaluate(([language, light]) => {
    localStorage.setItem("careo-language", language);
    localStorage.setItem("careo-light", light);
  }, [language, light]);
  await page.reload();
}

await run(async () => {
  const desk = await serve();
  const page = await open(desk, "es-ES");
  await page.goto(desk.link);
  await step("the start page", async () => {
    for (const language of languages)
      for (const light of lights) {
        await dressed(page, language, light);
        await page.getByRole("heading", { name: "careo" }).waitFor();
        await fitToBeSeen(page, `start-${language}-${light}`);
      }
  });
  await step("the demo's case", async () => {
    await dressed(page, "es", "light");
    await page.locator(".card.demo button").first().click();
    await page.locator(".rail").waitFor();
    await idle(page);
  });
  for (const language of languages)
    await step(`every page in ${language}`, async () => {
      for (const light of lights)
        for (const size of sizes) {
          await page.setViewportSize(size);
          await dressed(page, language, light);
          await page.locator(".rail").waitFor();
          for (const [name, reach] of Object.entries(pages)) {
            await reach(page);
            await fitToBeSeen(page, `${name}-${language}-${light}-${size.width}`);
          }
          await page.keyboard.press("Escape");
        }
    });
});
