// A window with the built page in it and a mocked door to the desktop shell.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";
import { NOW } from "./pages/make.ts";

const DIST = new URL("../dist/", import.meta.url);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
// The application's own policy.
const { csp: POLICY } = JSON.parse(await readFile(new URL("../../tauri.conf.json", import.meta.url), "utf8")).app.security;

/** Serves dist/ and starts a browser. */
export async function openBrowser() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    if (path === "/favicon.ico") return response.writeHead(204).end();
    const file = path === "/" ? "index.html" : path.slice(1);
    try {
      const body = await readFile(new URL(file, DIST));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-security-policy": POLICY });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const url = `http://127.0.0.1:${server.address().port}/`;
  return {
    open: (first, options) => openWindow(browser, url, first, options),
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Opens the page with a first Page behind the door. `first` null: the question stays open until `answer`.
 * `clock: "held"`: time stands still until the test moves it.
 */
async function openWindow(browser, url, first, { dark = false, width = 420, height = 680, clock = "fixed", refuse, ...rest } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    locale: rest.locale ?? "en-GB",
    timezoneId: "UTC",
    permissions: rest.clipboard === false ? [] : ["clipboard-read", "clipboard-write"],
    reducedMotion: rest.motion ? "no-preference" : "reduce",
  });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(message.text()));
  if (clock === "held") {
    await page.clock.install({ time: NOW });
    await page.clock.pauseAt(NOW);
  } else if (clock === "fixed") await page.clock.setFixedTime(NOW);
  await page.addInitScript(door, { first, refuse: refuse ?? null });
  if (rest.init) await page.addInitScript(rest.init);
  await page.goto(url + (rest.hash ?? ""));
  if (first && !refuse) await page.locator("h1").waitFor();
  return Object.assign(page, {
    faults,
    acts: () => page.evaluate(() => window.door.acts),
    /** What the program tells the page: "view", "trouble" or "part". */
    say: (event, payload) => page.evaluate(([event, payload]) => window.door.say(event, payload), [event, payload]),
    push: (next) => page.evaluate((next) => window.door.push(next), next),
    /** What the next acts answer: {text}, {refuse} or {hold}, which waits for `reply`; the last one stays. */
    reply: () => page.evaluate(() => window.door.reply()),
    answers: (...answers) => page.evaluate((answers) => window.door.answers.push(...answers), answers),
    done: () => context.close(),
  });
}

// Runs inside the page, before anything else there.
function door({ first, refuse }) {
  const callbacks = new Map();
  const listeners = new Map();
  let waiting = null;
  window.door = {
    acts: [],
    answers: [],
    view: first,
    refuse,
    push: (page) => window.door.say("view", page),
    say: (event, payload) => callbacks.get(listeners.get(event))?.({ event, id: 1, payload }),
    answer: (page) => waiting?.(page),
  };
  const commands = {
    view: () => {
      if (window.door.refuse) return Promise.reject(window.door.refuse);
      return window.door.view ? Promise.resolve(window.door.view) : new Promise((resolve) => (waiting = resolve));
    },
    act: ({ action }) => {
      window.door.acts.push(action);
      const { answers } = window.door;
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { text: null };
      if (answer.hold) return new Promise((resolve) => (window.door.reply = () => resolve(answer.hold === true ? null : answer.hold)));
      return answer.refuse ? Promise.reject(answer.refuse) : Promise.resolve(answer.text ?? null);
    },
    "plugin:event|listen": ({ event, handler }) => Promise.resolve(listeners.set(event, handler) && handler),
  };
  let id = 0;
  window.__TAURI_INTERNALS__ = {
    invoke: (command, args) => commands[command](args),
    transformCallback: (callback) => (callbacks.set(++id, callback), id),
  };
}
