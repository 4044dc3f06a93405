import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [svelte()],
  build: {
    outDir: "dist",
    // The oldest web views the desktop app meets: WebKitGTK 2.4x and WebView2 of 2023.
    target: ["safari16", "chrome110"],
    // The polyfill would be needed only by older ones.
    modulePreload: { polyfill: false },
  },
});
