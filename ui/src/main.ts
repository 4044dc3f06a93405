import "./parts.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { open } from "./desk.svelte.ts";
import { onPart } from "./ipc.ts";
import { show } from "./place.svelte.ts";

onPart(show);

// The part that was asked for when the program opened the window.
show(location.hash.slice(1));

// The skeleton in index.html stays until there is something to show.
await open();

const target = document.getElementById("app");
if (target) {
  target.replaceChildren();
  mount(App, { target });
  // For whoever measures how soon the data is there.
  performance.mark("data");
}
