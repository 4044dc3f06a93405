// For everyone: no axe violation in light and dark, no horizontal scrolling from 320 to 900 pixels.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { checked, explained } from "./pages/mending.ts";
import { openBrowser } from "./window.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const settings = (page) => page.getByRole("button", { name: "Settings" }).click();
const accounts = async (page) => {
  await page.getByRole("button", { name: "More for corp" }).click();
  await page.getByRole("menuitem", { name: "Accounts and roles" }).click();
  await page.getByRole("heading", { name: "Accounts and roles", level: 1 }).waitFor();
};
const organisation = (page) => page.getByRole("button", { name: "Add an organisation" }).click();
const newcomer = async (page) => {
  await organisation(page);
  await page.getByRole("textbox", { name: "Address" }).fill("new.awsapps.com");
  await page.getByRole("button", { name: "Show its accounts" }).click();
};
const full = pages.withAccounts({ note: "Another person signed in.", unassigned: ["old-admin"], preview: { text: `Add 1 profile\n${"x".repeat(200)}`, changes: true } });
const fresh = async (page) => {
  await page.getByRole("button", { name: "More for corp" }).click();
  await page.getByRole("menuitem", { name: "Start a fresh session…" }).click();
};
const explain = async (page) => {
  await page.getByRole("button", { name: "Why does it fail?" }).click();
  await page.getByLabel("Paste an error").fill("Token has expired and refresh failed");
  await page.getByLabel("Paste an error").press("Control+Enter");
  await page.locator("#answer").waitFor();
};
const check = async (page) => {
  await page.getByRole("button", { name: "Why does it fail?" }).click();
  await page.getByRole("button", { name: "Check this computer" }).click();
  await page.getByRole("button", { name: "Look again" }).waitFor();
};
const VIEWS = [
  ["why it fails", pages.calm, (page) => page.getByRole("button", { name: "Why does it fail?" }).click()],
  ["an error explained", explained.ended, explain],
  ["an error explained, signing in", explained.signingIn, explain],
  ["an error that nobody knows", explained.unknown, explain],
  ["this computer", checked.found, check],
  ["this computer, mended", checked.mended, check],
  ["accounts", full, accounts],
  ["accounts being asked for", pages.withAccounts({ accounts: null, asking: { accounts: 9, asked: 3 } }), accounts],
  ["organisation", pages.empty, organisation],
  ["a newcomer's sign-in", pages.newcomer.signingIn, newcomer],
  ["main", pages.main],
  ["every state", pages.states],
  ["every kind", pages.kinds, (page) => page.getByRole("button", { name: /^Show all \d+$/ }).click()],
  ["no browser", pages.noBrowser],
  ["starting", pages.starting],
  ["a browser that comes back", pages.comesBack],
  ["no browser, and no code", pages.comesBackNoBrowser],
  ["waits for its turn", pages.turn],
  ["learned ends", pages.learned],
  ["not renewed now", pages.held],
  ["a console sign-in", pages.console_],
  ["a console sign-in in a terminal", pages.consolePastes],
  ["a code instead", pages.codeInstead],
  ["a fresh session", pages.calm, (page) => fresh(page)],
  ["morning", pages.morning],
  ["empty", pages.empty],
  ["unreadable", pages.unreadable],
  ["settings", { ...pages.main, settings: { ...pages.main.settings, pinned: ["sso-session:corp"] } }, settings],
  ["browsers", pages.browsers, settings],
  ["menu", pages.calm, (page) => page.getByRole("button", { name: "More for corp" }).click()],
  ["search", pages.main, (page) => page.getByRole("textbox").fill("agency")],
  ["nothing found", pages.main, (page) => page.getByRole("textbox").fill("xyzzy")],
  ["folded open", pages.quiet, (page) => page.getByRole("button", { name: /^Not signed in/ }).click()],
];

for (const [name, first, then] of VIEWS) {
  for (const dark of [false, true]) {
    test(`axe finds nothing: ${name}, ${dark ? "dark" : "light"}`, async () => {
      const page = await browser.open(first, { dark });
      await then?.(page);
      await page.evaluate(AXE);
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`);
      assert.deepEqual(told, []);
      assert.deepEqual(page.faults, []);
      await page.done();
    });
  }
}

test("no horizontal scrolling from 320 to 900 pixels, with long names too", async () => {
  const long = "AdministratorAccess-with-a-very-long-name-that-nobody-wanted-111122223333";
  const view = { ...pages.main.view, profiles: pages.main.view.profiles.map((profile) => ({ ...profile, name: `${profile.name}-${long}`, role_name: long })) };
  view.sessions = view.sessions.map((session) => ({ ...session, name: `${session.name}-${long}`, profiles: [] }));
  const kinds = { ...pages.kinds.view, profiles: pages.kinds.view.profiles.map((profile) => ({ ...profile, renew: profile.renew && `${profile.renew}-${long}` })) };
  kinds.sessions = pages.kinds.view.sessions.map((session) => ({ ...session, name: `${session.name}-${long}` }));
  for (const first of [pages.main, { ...pages.main, view }, pages.kinds, { ...pages.kinds, view: kinds }, pages.empty, pages.noBrowser, pages.comesBackNoBrowser, pages.turn, pages.codeInstead, pages.browsers, pages.learned, pages.held, pages.console_, pages.consolePastes]) {
    const page = await browser.open(first);
    for (const open of [null, settings]) {
      await open?.(page);
      for (const width of [320, 420, 719, 720, 900]) {
        await page.setViewportSize({ width, height: 680 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${width} px`);
      }
    }
    await page.done();
  }
});

test("accounts, the form for an organisation, errors and findings fit from 320 pixels", async () => {
  for (const [first, open] of [[full, accounts], [pages.empty, organisation], [explained.signingIn, explain], [checked.found, check], [checked.mended, check]]) {
    const page = await browser.open(first);
    await open(page);
    for (const width of [320, 420, 900]) {
      await page.setViewportSize({ width, height: 680 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${width} px`);
    }
    await page.done();
  }
});

test("headings go down one by one, and there is one first", async () => {
  const page = await browser.open(pages.main);
  const levels = await page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, h4")].map((heading) => Number(heading.tagName[1])));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  levels.reduce((before, level) => (assert.ok(level <= before + 1), level), 0);
  await page.done();
});

test("who wants no motion gets none, and letters of double size still fit", async () => {
  const page = await browser.open(pages.main, { width: 640 });
  assert.equal(await page.locator(".spin").first().evaluate((ring) => getComputedStyle(ring).animationName), "none");
  await page.evaluate(() => (document.documentElement.style.fontSize = "32px"));
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0);
  await page.done();
});
