// The door to the desktop shell: the only file that imports @tauri-apps/api.
// Everything else runs in a plain browser with this door mocked.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Action, Page, Part } from "./bindings.ts";

/** What is true now. Rejects with a sentence. */
export const view = (): Promise<Page> => invoke<Page>("view");

/** Asks for something; answers with a text where the action has one. Rejects with a sentence. */
export const act = (action: Action): Promise<string | null> => invoke<string | null>("act", { action });

/** Calls back with each new page, until the window closes. */
export const onView = (callback: (page: Page) => void): void => {
  void listen<Page>("view", (event) => callback(event.payload));
};

/** Calls back with a sentence when something that the person asked for did not work after all. */
export const onTrouble = (callback: (sentence: string) => void): void => {
  void listen<string>("trouble", (event) => callback(event.payload));
};

/** Calls back when the person asked elsewhere for a part of the window: in the tray's menu, by a second start. */
export const onPart = (callback: (part: Part) => void): void => {
  void listen<Part>("part", (event) => callback(event.payload));
};
