import "./parts.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { open } from "./desk.svelte.ts";
import { onPart } from "./ipc.ts";
import { closeSettings, openSettings } from "./place.svelte.ts";

onPart((part) => (part === "settings" ? openSettings() : closeSettings()));

// The program opens the window so when it was the settings that were asked for.
if (location.hash === "#settings") openSettings();

// The skeleton in index.html stays until there is something to show.
await open();

const target = document.getElementById("app");
if (target) {
  target.replaceChildren();
  mount(App, { target });
  // For whoever measures how soon the data is there.
  performance.mark("data");
}
