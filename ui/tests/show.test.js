// What the window shows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { NOW, inMinutes, learnedSession, page as make, profile, problem, session } from "./pages/make.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const card = (page, name) => page.locator(`[data-session="sso-session:${name}"]`);
const shows = async (page, first, ...texts) => {
  for (const text of texts) await page.locator(first).getByText(text, { exact: true }).first().waitFor();
};

test("every state of a session, in words", async () => {
  const page = await browser.open(pages.states);
  const said = { broken: "cannot be used", "data-eu": "ended 12 min ago", platform: "ends at 16:02", renewing: "renews itself", corp: "ends at 22:00", "signed-out": "not signed in", stale: "renews itself at the next use", "stale-failed": "could not be renewed yet", endless: "no end", unknown: "state not known", sandbox: "approve in your browser" };
  for (const [name, words] of Object.entries(said)) await card(page, name).getByText(words, { exact: true }).waitFor();
  assert.equal(await card(page, "corp").locator(".left").textContent(), "Time left:6 h 12 min");
  assert.equal(await card(page, "platform").getByRole("button", { name: "Sign in again to platform" }).count(), 1);
  for (const name of ["broken", "data-eu", "signed-out"]) await card(page, name).getByRole("button", { name: `Sign in to ${name}` }).waitFor();
  for (const name of ["corp", "renewing", "stale"]) assert.equal(await card(page, name).getByRole("button", { name: /^Sign in/ }).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("an end that was learned: about when, and why nobody knows", async () => {
  const page = await browser.open(pages.learned);
  const said = { far: "until about 22:00 (learned)", near: "ends about 16:00 (learned)", past: "may end at any moment", over: "ended 31 min ago", away: "offline" };
  for (const [name, words] of Object.entries(said)) {
    const part = card(page, name).getByText(words, { exact: true });
    await part.waitFor();
    const why = /learned|moment/.test(words) ? "Learned from earlier sessions that ended: AWS tells nobody when one will." : null;
    assert.equal(await part.getAttribute("title"), why, name);
  }
  for (const name of ["near", "past"]) await card(page, name).getByRole("button", { name: `Sign in again to ${name}` }).waitFor();
  assert.equal(await card(page, "past").locator(".left").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("a learned end that passes ends nothing: the engine says when it has", async () => {
  const page = await browser.open(make({ sessions: [learnedSession("near", 12)] }), { clock: "held" });
  await page.clock.runFor(12 * 60_000);
  await card(page, "near").getByText("may end at any moment").waitFor();
  assert.equal(await card(page, "near").getAttribute("data-state"), "expiring");
  assert.equal(await page.locator("h1").innerText(), "near may end at any moment");
  await page.push(make({ sessions: [learnedSession("near", 12, { state: "expired", refreshable: false })] }));
  await card(page, "near").getByText("ended just now").waitFor();
  await page.done();
});

test("what is not renewed now says why, and what to do", async () => {
  const page = await browser.open(pages.held);
  const said = {
    away: ["offline", "until 16:35", "AWS could not be reached: no route to host."],
    "away-stale": ["offline, renews itself when the network is back"],
    revoked: ["renews itself at the next use", "Relight renews it; if that fails, sign in again."],
    "revoked-over": ["ended 2 min ago", "Sign in again."],
    "by-hand": ["renewed when you ask", "token until 16:35"],
    "by-hand-stale": ["renews at the next use, or when you ask"],
  };
  for (const [name, texts] of Object.entries(said)) for (const words of texts) await card(page, name).getByText(words).first().waitFor();
  const revoked = "AWS takes this session's token no more, though its end is to come: it was signed out elsewhere, or revoked.";
  for (const name of ["revoked", "revoked-over"]) await card(page, name).getByText(revoked).waitFor();
  await card(page, "revoked-over").getByRole("button", { name: "Sign in to revoked-over" }).waitFor();
  await page.locator('[data-session^="login:"]').getByText("keys until 15:57", { exact: true }).waitFor();
  const silent = { ...pages.held, settings: { ...pages.held.settings, renew_by_hand: [], silent_refresh: false } };
  await page.push(silent);
  await card(page, "by-hand").getByText("renewed when you ask", { exact: true }).waitFor();
  await page.push({ ...silent, settings: { ...silent.settings, silent_refresh: true } });
  await card(page, "by-hand").getByText("renews itself", { exact: true }).waitFor();
  await page.done();
});

test("the head, the foot and the state's shape", async () => {
  const page = await browser.open(pages.quiet);
  assert.equal(await page.locator("h1").innerText(), "data-eu has ended");
  assert.equal(await page.locator("header [data-shape]").getAttribute("data-shape"), "ended");
  await shows(page, "footer", "Next: platform at 16:02", "up to date");
  await page.push({ ...pages.calm, view: { ...pages.calm.view, now: inMinutes(-3) } });
  await shows(page, "footer", "Next: corp at 22:00", "as of 15:45");
  assert.equal(await page.locator("header [data-shape]").getAttribute("data-shape"), "signed-in");
  await page.done();
});

test("nothing found on the machine: what a newcomer does", async () => {
  const page = await browser.open(pages.empty);
  await shows(page, "main", "aws configure sso", "It appears here by itself when the file is saved.");
  assert.equal(await page.getByRole("textbox").count(), 0);
  await page.push(pages.calm);
  await card(page, "corp").waitFor();
  await page.done();
});

test("a configuration that cannot be read", async () => {
  const page = await browser.open(pages.unreadable);
  await shows(page, "main", "The file cannot be read: permission denied.");
  await page.getByRole("button", { name: "Open the file" }).click();
  assert.deepEqual(await page.acts(), [{ do: "open-file", with: "config" }]);
  await page.done();
});

test("the first question refused, then answered", async () => {
  const page = await browser.open(null, { refuse: "The settings file could not be read." });
  await page.getByText("The settings file could not be read.").waitFor();
  await page.evaluate((first) => Object.assign(window.door, { refuse: null, view: first }), pages.calm);
  await page.getByRole("button", { name: "Try again" }).click();
  await card(page, "corp").waitFor();
  await page.done();
});

test("the sign-in card keeps its height through its three states", async () => {
  const page = await browser.open(pages.starting);
  const height = async () => (await card(page, "sandbox").boundingBox()).height;
  const first = await height();
  await card(page, "sandbox").getByText("asking AWS for a code…").waitFor();
  assert.equal(await page.getByRole("button", { name: "Copy code" }).isDisabled(), true);
  await page.push(pages.main);
  await page.getByRole("img", { name: "Code: K J T X dash Q W P M" }).waitFor();
  assert.equal(await height(), first);
  await page.push(pages.saving);
  await card(page, "sandbox").getByText("approved, saving…").waitFor();
  assert.equal(await height(), first);
  await page.done();
});

test("a sign-in from elsewhere cannot be cancelled here; no browser: the address stands there", async () => {
  const page = await browser.open(pages.fromTerminal);
  await card(page, "sandbox").getByText("from a terminal").waitFor();
  assert.equal(await page.getByRole("button", { name: /Cancel/ }).count(), 0);
  await page.push(pages.noBrowser);
  await card(page, "sandbox").getByText("xdg-open is not installed.").waitFor();
  await card(page, "sandbox").getByRole("button", { name: "Copy the address" }).waitFor();
  await page.done();
});

test("what passes its end looks ended within a second, without a new page", async () => {
  const page = await browser.open(pages.quiet, { clock: "held" });
  await page.clock.runFor(14.5 * 60_000 - 1_000);
  assert.equal(await card(page, "platform").getAttribute("data-state"), "expiring");
  assert.match(await card(page, "platform").locator(".left").innerText(), /under 1 min/);
  await page.clock.runFor(1_000);
  assert.equal(await card(page, "platform").getAttribute("data-state"), "expired");
  await card(page, "platform").getByText("ended just now").waitFor();
  assert.equal(await page.locator("h1").innerText(), "2 sessions have ended");
  await page.getByRole("button", { name: "Sign in to all 2" }).waitFor();
  await page.locator("[aria-live=polite]", { hasText: "platform has ended" }).waitFor({ state: "attached" });
  await page.done();
});

test("a second that changes no word changes nothing on the page", async () => {
  const page = await browser.open(make({ sessions: [session("corp", { refreshable: false, expires_at: inMinutes(372.5), length: 28_800 }), session("lab")] }), { clock: "held" });
  await page.evaluate(() => {
    window.touched = 0;
    new MutationObserver((records) => (window.touched += records.length)).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await page.clock.runFor(20_000);
  assert.equal(await page.evaluate(() => window.touched), 0);
  await page.clock.runFor(60_000);
  assert.notEqual(await page.evaluate(() => window.touched), 0);
  await page.done();
});

test("hidden, the page does not tick; seen again, it is right at once", async () => {
  const page = await browser.open(pages.quiet, { clock: "held" });
  const see = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await see(true);
  await page.clock.runFor(20 * 60_000);
  assert.equal(await card(page, "platform").getAttribute("data-state"), "expiring");
  await see(false);
  assert.equal(await card(page, "platform").getAttribute("data-state"), "expired");
  await page.done();
});

for (const width of [320, 420]) test(`the skeleton has the frame of the page, and nothing jumps when the page comes, at ${width} px`, async () => {
  const page = await browser.open(null, {
    width,
    init: () => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value))).observe({ type: "layout-shift", buffered: true });
    },
  });
  await page.locator(".skeleton").waitFor();
  const frame = () =>
    page.evaluate(() => [".head", ".bar", ".search", ".card", ".foot"].map((part) => { const { x, y, width, height } = document.querySelector(part).getBoundingClientRect(); return [part, x, y, width, height]; }));
  const bones = await frame();
  const plain = make({ sessions: ["a", "b", "c"].map((name) => session(name)) });
  await page.evaluate((first) => window.door.answer(first), plain);
  await page.locator("h1").waitFor();
  assert.deepEqual(await frame(), bones);
  assert.equal(await page.locator(".skeleton").count(), 0);
  assert.ok((await page.evaluate(() => window.shifts)).reduce((sum, value) => sum + value, 0) < 0.001);
  await page.done();
});

test("problems: what, where, how bad; more than five are folded", async () => {
  const many = Array.from({ length: 7 }, (_, i) => problem({ line: i + 1, message: `Line ${i + 1} says nothing.`, severity: i === 6 ? "error" : "warning" }));
  const page = await browser.open(make({ sessions: [session("corp")], problems: many }));
  const list = page.getByRole("region", { name: "Problems" });
  assert.equal(await list.getByRole("listitem").count(), 5);
  assert.match(await list.getByRole("listitem").first().innerText(), /error:\s*Line 7 says nothing/);
  await list.getByRole("button", { name: "Show all 7 problems" }).click();
  assert.equal(await list.getByRole("listitem").count(), 7);
  await list.getByRole("button", { name: "Open file ~/.aws/config, line 3", exact: true }).click();
  assert.deepEqual(await page.acts(), [{ do: "open-file", with: "config" }]);
  await page.done();
});

test("other credentials, those that deserve attention first", async () => {
  const page = await browser.open(pages.quiet);
  const list = page.getByRole("region", { name: "Other credentials" });
  assert.deepEqual(await list.locator("h3").allInnerTexts(), ["handed-over", "ci-deploy", "legacy-ci"]);
  for (const words of ["temporary credentials ASIA…K2PD", "38 min", "assumes a role from base", "end not known", "long-term key AKIA…7QXM", "no end"]) await list.getByText(words, { exact: true }).waitFor();
  await page.done();
});

test("what is not signed in is folded, stays open once opened, and can be signed in", async () => {
  const page = await browser.open(pages.quiet);
  assert.equal(await card(page, "agency-2025").count(), 0);
  await page.getByRole("button", { name: /^Not signed in/ }).click();
  await card(page, "agency-2025").getByText("ended 23 days ago").waitFor();
  await page.push({ ...pages.quiet, settings: { ...pages.quiet.settings, muted: ["sso-session:lab"] } });
  await card(page, "lab").getByText("muted", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Sign in to agency-2025" }).click();
  assert.deepEqual(await page.acts(), [{ do: "sign-in", with: "sso-session:agency-2025" }]);
  await page.done();
});

test("a muted session that is signed in is not called signed out", async () => {
  const muted = make({ sessions: [session("corp", { attention: false })], profiles: [profile("a", "corp", null, null)] }, { muted: ["sso-session:corp"] });
  const page = await browser.open(muted);
  await page.getByRole("button", { name: /^Muted/ }).waitFor();
  await card(page, "corp").getByText("renews itself", { exact: true }).waitFor();
  await page.done();
});

test("a locale with other digits: numbers are written as the words around them", async () => {
  for (const locale of ["fa-IR", "ar-EG", "mr-IN"]) {
    const page = await browser.open(pages.quiet, { locale });
    const text = await page.locator("body").innerText();
    assert.doesNotMatch(text, /[^\P{Nd}0-9]/u, `${locale}: ${text}`);
    assert.match(text, /\d:02/);
    await page.done();
  }
});

test("what did not work after all is said, and the page is as it is", async () => {
  const page = await browser.open(pages.quiet);
  await page.say("trouble", "The browser command 'x' could not be started.");
  await page.getByRole("alert").getByText("The browser command 'x' could not be started.").waitFor();
  await page.done();
});

test("on the first day, with nobody signed in, the sessions lie open", async () => {
  const corp = session("corp", { state: "signed-out", attention: false });
  const page = await browser.open(make({ sessions: [corp] }));
  await card(page, "corp").getByRole("button", { name: "Sign in to corp" }).waitFor();
  await page.done();
});

test("the part that the program names is shown, from the beginning and from everywhere", async () => {
  const parts = { add: "Add an organisation", explain: "Why does it fail?", check: "Check this computer", settings: "Settings" };
  const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
  for (const [part, name] of Object.entries(parts)) {
    const page = await browser.open(pages.quiet, { hash: `#${part}` });
    await heading(page, name);
    for (const [other, title] of Object.entries(parts)) {
      await page.say("part", other);
      await heading(page, title);
    }
    await page.say("part", "sessions");
    await page.getByRole("button", { name: "Why does it fail?" }).waitFor();
    assert.deepEqual(page.faults, []);
    await page.done();
  }
});
