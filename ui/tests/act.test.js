// What a person can do, with the mouse and with the keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const choose = async (page, of, item) => {
  await page.getByRole("button", { name: `More for ${of}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.trim());

test("sign in, sign in to all, cancel, open the page, refresh", async () => {
  const page = await browser.open(pages.main);
  await page.getByRole("button", { name: "Sign in to data-eu" }).click();
  await page.getByRole("button", { name: "Sign in again to platform" }).click();
  await page.getByRole("button", { name: "Open page" }).click();
  await page.getByRole("button", { name: "Cancel signing in to sandbox" }).click();
  await page.getByRole("button", { name: "Refresh now" }).click();
  await page.push(pages.morning);
  await page.getByRole("button", { name: "Sign in to all 3" }).click();
  const ids = ["sso-session:platform", "sso-session:data-eu", "sso-session:corp"];
  assert.deepEqual(await page.acts(), [
    { do: "sign-in", with: "sso-session:data-eu" },
    { do: "sign-in", with: "sso-session:platform" },
    { do: "open-page", with: "sso-session:sandbox" },
    { do: "cancel", with: "sso-session:sandbox" },
    { do: "refresh-all" },
    { do: "sign-in-all", with: ids },
  ]);
  await page.done();
});

test("copying says so, in place and aloud", async () => {
  const page = await browser.open(pages.main);
  const button = page.getByRole("button", { name: "Copy code" });
  const width = (await button.boundingBox()).width;
  await button.click();
  assert.equal(await copied(page), "KJTX-QWPM");
  await page.locator("[aria-live=polite]", { hasText: "Copied" }).waitFor({ state: "attached" });
  assert.equal((await button.boundingBox()).width, width);
  await choose(page, "dev", "Copy name");
  assert.equal(await copied(page), "dev");
  await page.locator(".pill", { hasText: "Copied dev" }).waitFor();
  await choose(page, "prod", "Copy “export AWS_PROFILE…”");
  assert.equal(await copied(page), "export AWS_PROFILE='prod'");
  await choose(page, "corp", "Copy start URL");
  assert.equal(await copied(page), "https://corp.awsapps.com/start");
  await page.push({ ...pages.main, shell: "powershell" });
  await choose(page, "prod", "Copy “$Env:AWS_PROFILE…”");
  assert.equal(await copied(page), "$Env:AWS_PROFILE = 'prod'");
  assert.deepEqual(await page.acts(), []);
  await page.done();
});

test("a clipboard that refuses is gone around, and one that refuses twice is told", async () => {
  const page = await browser.open(pages.main);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
    document.execCommand = (command) => ((window.byHand = [command, document.activeElement.value]), true);
  });
  await page.getByRole("button", { name: "Copy code" }).click();
  assert.deepEqual(await page.evaluate(() => window.byHand), ["copy", "KJTX-QWPM"]);
  await page.evaluate(() => (document.execCommand = () => false));
  await choose(page, "dev", "Copy name");
  await page.getByRole("alert").getByText("could not be copied").waitFor();
  await page.done();
});

test("pin, mute, portal", async () => {
  const page = await browser.open(pages.main);
  await choose(page, "corp", "Pin");
  await choose(page, "data-eu", "Mute");
  await choose(page, "dev", "Pin");
  await choose(page, "corp", "Unpin");
  await choose(page, "dev", "Open the access portal");
  await page.getByRole("button", { name: "More for legacy-ci" }).click();
  assert.equal(await page.getByRole("menuitem", { name: "Open the access portal" }).count(), 0);
  const set = (key, name, on) => ({ do: "set", with: { key, value: { name, on } } });
  assert.deepEqual(await page.acts(), [
    set("pinned", "sso-session:corp", true),
    set("muted", "sso-session:data-eu", true),
    set("pinned", "dev", true),
    set("pinned", "sso-session:corp", false),
    { do: "open-portal", with: "dev" },
  ]);
  await page.done();
});

test("signing out takes a second step, and Escape takes it back", async () => {
  const page = await browser.open(pages.calm);
  await choose(page, "corp", "Sign out…");
  assert.equal(await focused(page), "Stay");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "More for corp");
  assert.deepEqual(await page.acts(), []);
  await choose(page, "corp", "Sign out…");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  assert.deepEqual(await page.acts(), [{ do: "sign-out", with: "sso-session:corp" }]);
  await page.done();
});

test("a refusal is told without moving anything, and can be dismissed", async () => {
  const page = await browser.open(pages.quiet);
  const before = await page.locator("main").boundingBox();
  await page.answers({ refuse: "AWS did not answer within 10 s." });
  await page.getByRole("button", { name: "Sign in to data-eu" }).click();
  await page.getByRole("alert").getByText("AWS did not answer within 10 s.").waitFor();
  assert.deepEqual(await page.locator("main").boundingBox(), before);
  await page.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await page.getByRole("alert").innerText(), "");
  await page.done();
});

test("the menu by keyboard: arrows, letters, Escape, and the focus comes back", async () => {
  const page = await browser.open(pages.calm);
  await page.getByRole("button", { name: "More for corp" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Sign in again");
  assert.equal(await page.getByRole("button", { name: "More for corp" }).getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "Start a fresh session…");
  await page.keyboard.press("End");
  assert.equal(await focused(page), "Sign out…");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "Sign in again");
  await page.keyboard.press("m");
  assert.equal(await focused(page), "Mute");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("menu").count(), 0);
  assert.equal(await focused(page), "More for corp");
  await page.getByRole("button", { name: "More for dev" }).click();
  await page.mouse.click(5, 400);
  assert.equal(await page.getByRole("menu").count(), 0);
  await page.done();
});

test("signing in by keyboard: the focus stays at the card through all its changes", async () => {
  const page = await browser.open({ ...pages.quiet });
  await page.getByRole("button", { name: "Sign in to data-eu" }).focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.acts(), [{ do: "sign-in", with: "sso-session:data-eu" }]);
  const login = pages.main.view.sessions.find((s) => s.login).login;
  const with_ = (change) => ({ ...pages.quiet, view: { ...pages.quiet.view, sessions: pages.quiet.view.sessions.map((s) => (s.name === "data-eu" ? { ...s, ...change } : s)) } });
  const at = () => page.evaluate(() => document.activeElement.closest("[data-session]")?.dataset.session);
  await page.push(with_({ login }));
  await page.getByRole("button", { name: "Copy code" }).waitFor();
  assert.equal(await at(), "sso-session:data-eu");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "6 profiles");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Cancel signing in to data-eu");
  await page.push(with_({ state: "valid", person_needed_at: null, refreshable: true }));
  await page.locator("[aria-live=polite]", { hasText: "data-eu signed in" }).waitFor({ state: "attached" });
  assert.equal(await at(), "sso-session:data-eu");
  await page.done();
});

test("the search: a slash finds it, the count is told, folds open, Escape clears", async () => {
  const page = await browser.open(pages.quiet);
  await page.keyboard.press("/");
  await page.keyboard.type("4444 5555");
  await page.locator("main [role=status]", { hasText: "2 profiles found" }).waitFor({ state: "attached" });
  assert.deepEqual(await page.locator("article h2").allInnerTexts(), ["corp"]);
  assert.deepEqual(await page.locator(".profile .who").allInnerTexts(), ["prod", "prod-breakglass"]);
  await page.getByRole("textbox").fill("agency");
  await page.locator('[data-session="sso-session:agency-2025"]').waitFor();
  await page.getByRole("textbox").fill("xyzzy");
  await page.getByText("Nothing found", { exact: true }).first().waitFor();
  await page.getByRole("textbox").focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("textbox").inputValue(), "");
  await page.getByRole("button", { name: "Sign in to data-eu" }).waitFor();
  await page.done();
});
