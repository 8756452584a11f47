import { mount } from "svelte";
import Desk from "./Desk.svelte";
import "./desk.css";

mount(Desk, { target: document.getElementById("desk")! });
