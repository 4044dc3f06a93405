// The settings: each change is asked for at once, shown at once, and taken back if it is refused.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const first = { ...pages.quiet, settings: { ...pages.quiet.settings, pinned: ["sso-session:corp", "gone"], muted: ["dev"] } };
const open = async (options) => {
  const page = await browser.open(first, options);
  await page.getByRole("button", { name: "Settings" }).click();
  return page;
};
const sets = async (page) => (await page.acts()).filter((act) => act.do === "set").map((act) => act.with);

test("there and back by keyboard, and the focus and the list are where they were", async () => {
  const page = await browser.open(first, { height: 400 });
  await page.evaluate(() => scrollTo(0, 120));
  await page.getByRole("button", { name: "Settings" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Sign in to data-eu" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "to-settings");
  assert.equal(await page.evaluate(() => scrollY), 120);
  await page.done();
});

test("where clients have another home, it is shown, and whether it is written to is asked", async () => {
  const other = { home: "C:\\Users\\me", clients: ["AWS CLI", "boto3"], config: "", credentials: "" };
  const page = await browser.open({ ...first, view: { ...first.view, other_homes: [other] } });
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByText("Home of AWS CLI, boto3").waitFor();
  await page.getByRole("switch", { name: "Write sign-ins to each home folder" }).click();
  assert.deepEqual(await sets(page), [{ key: "both-homes", value: true }]);
  await page.done();
});

test("switches, the log, warning times, names", async () => {
  const page = await open();
  await page.getByRole("switch", { name: "Renew silently" }).click();
  assert.equal(await page.getByRole("switch", { name: "Renew silently" }).getAttribute("aria-checked"), "false");
  await page.getByRole("switch", { name: "Start when I log in" }).click();
  await page.getByLabel("Write to the log").selectOption("debug");
  assert.equal(await page.getByLabel("Write to the log").inputValue(), "debug");
  const field = page.getByRole("textbox", { name: "Minutes before the end" });
  await field.fill("1441");
  await page.keyboard.press("Enter");
  await page.getByText("A whole number of minutes from 1 to 1440, please.").waitFor();
  await field.fill("30");
  await page.keyboard.press("Enter");
  await page.getByText("30 min", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Remove the warning at 5 min" }).click();
  await page.getByRole("button", { name: "Unpin gone" }).click();
  await page.getByRole("button", { name: "Unmute dev" }).click();
  assert.deepEqual(await sets(page), [
    { key: "silent-refresh", value: false },
    { key: "start-at-login", value: true },
    { key: "log-level", value: "debug" },
    { key: "warn-before", value: [30, 15, 5] },
    { key: "warn-before", value: [30, 15] },
    { key: "pinned", value: { name: "gone", on: false } },
    { key: "muted", value: { name: "dev", on: false } },
  ]);
  await page.done();
});

test("a session that is renewed only by hand", async () => {
  const page = await open();
  const renewed = page.getByRole("region", { name: "Renewed one by one" });
  await renewed.getByRole("switch", { name: "Renew corp" }).click();
  await renewed.getByText("Only when you ask for it.").waitFor();
  await renewed.getByRole("switch", { name: "Renew corp" }).click();
  assert.deepEqual(await sets(page), [
    { key: "renew-by-hand", value: { name: "sso-session:corp", on: true } },
    { key: "renew-by-hand", value: { name: "sso-session:corp", on: false } },
  ]);
  await page.getByRole("switch", { name: "Renew silently" }).click();
  assert.equal(await renewed.count(), 0);
  await page.done();
});

test("a browser command is kept on Enter, emptied to none, and Escape takes the typing back", async () => {
  const page = await open();
  const field = page.getByLabel("corp", { exact: true });
  await field.fill("firefox -P work {}");
  await page.keyboard.press("Enter");
  await field.fill("");
  await page.keyboard.press("Tab");
  await field.fill("oops");
  await page.keyboard.press("Escape");
  assert.equal(await field.inputValue(), "");
  assert.deepEqual(await sets(page), [
    { key: "browser", value: { session: "sso-session:corp", command: "firefox -P work {}" } },
    { key: "browser", value: { session: "sso-session:corp", command: null } },
  ]);
  await page.done();
});

test("from a session's menu to its browser field", async () => {
  const page = await browser.open(first);
  await page.getByRole("button", { name: "More for corp", exact: true }).click();
  await page.getByRole("menuitem", { name: "Browser for this session…" }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  assert.equal(await page.getByLabel("corp", { exact: true }).evaluate((field) => field === document.activeElement), true);
  await page.done();
});

test("a browser that was found is chosen, the usual one is first, and a command of one's own is written below", async () => {
  const page = await browser.open(pages.browsers);
  await page.getByRole("button", { name: "Settings" }).click();
  const choice = page.getByLabel("corp", { exact: true });
  const own = page.getByLabel("Browser command of corp");
  assert.equal(await choice.locator("option:checked").innerText(), "Firefox: profile work");
  assert.equal(await choice.locator("option").first().innerText(), "your usual browser");
  assert.equal(await own.count(), 0);
  await choice.selectOption({ label: "Chrome (Flatpak): profile Kim" });
  await choice.selectOption({ label: "your usual browser" });
  await choice.selectOption({ label: "a command of your own…" });
  assert.equal(await own.evaluate((field) => field === document.activeElement), true);
  await own.fill("my-browser {url}");
  await page.keyboard.press("Enter");
  await page.getByLabel("platform", { exact: true }).focus();
  assert.equal(await own.inputValue(), "my-browser {url}");
  assert.equal(await choice.locator("option:checked").innerText(), "a command of your own…");
  const set = (command) => ({ key: "browser", value: { session: "sso-session:corp", command } });
  assert.deepEqual(await sets(page), [set("flatpak run com.google.Chrome '--profile-directory=Default'"), set(null), set("my-browser {url}")]);
  assert.equal(await page.getByLabel("Browser command of platform").inputValue(), "my-browser --work {url}");
  await page.done();
});

test("a choice of one's own that is left empty is none, and a refused choice is taken back", async () => {
  const page = await browser.open(pages.browsers);
  await page.getByRole("button", { name: "More for data-eu", exact: true }).click();
  await page.getByRole("menuitem", { name: "Browser for this session…" }).click();
  const choice = page.getByLabel("data-eu", { exact: true });
  assert.equal(await choice.evaluate((field) => field === document.activeElement), true);
  await choice.selectOption({ label: "a command of your own…" });
  await choice.focus();
  await page.getByLabel("Browser command of data-eu").waitFor({ state: "detached" });
  assert.equal(await choice.locator("option:checked").innerText(), "your usual browser");
  await page.answers({ refuse: "The settings file could not be written: disk full." });
  await choice.selectOption({ label: "Firefox: profile work" });
  await page.getByRole("alert").getByText("disk full").waitFor();
  assert.equal(await choice.locator("option:checked").innerText(), "your usual browser");
  await page.done();
});

test("a refused change is taken back and told", async () => {
  const page = await open();
  await page.answers({ refuse: "The settings file could not be written: disk full." });
  await page.getByRole("switch", { name: "Renew silently" }).click();
  await page.getByRole("alert").getByText("disk full").waitFor();
  assert.equal(await page.getByRole("switch", { name: "Renew silently" }).getAttribute("aria-checked"), "true");
  await page.getByLabel("Write to the log").selectOption("warn");
  await page.getByRole("switch", { name: "Renew silently" }).waitFor();
  assert.equal(await page.getByLabel("Write to the log").inputValue(), "info");
  const field = page.getByLabel("corp", { exact: true });
  await field.fill("firefox");
  await page.keyboard.press("Enter");
  await page.waitForFunction((field) => field.value === "", await field.elementHandle());
  await page.done();
});

test("files and diagnostics", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Open Log" }).click();
  await page.getByRole("button", { name: "Copy the path of Role cache" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "~/.aws/cli/cache");
  await page.answers({ text: "relight 0.1.0" });
  await page.getByRole("button", { name: "Copy diagnostics" }).click();
  await page.getByRole("button", { name: "Copied", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "relight 0.1.0");
  assert.deepEqual(await page.acts(), [{ do: "open-file", with: "log" }, { do: "copy-diagnostics" }]);
  await page.getByText("Relight 0.1.0").waitFor();
  await page.done();
});

const silent = (page) => page.getByRole("switch", { name: "Renew silently" });
const on = (page) => silent(page).getAttribute("aria-checked");
const trouble = async (page) => {
  await page.say("trouble", "The settings file could not be written: disk full.");
  await page.push(structuredClone(first));
};

test("a change that was taken and failed later is taken back, and told", async () => {
  const page = await open();
  await silent(page).click();
  assert.equal(await on(page), "false");
  await trouble(page);
  assert.equal(await on(page), "true");
  await page.getByRole("alert").getByText("disk full").waitFor();
  await page.done();
});

test("a failure that comes before the answer is not written over by it", async () => {
  const page = await open();
  await page.answers({ hold: true });
  await silent(page).click();
  await trouble(page);
  await page.reply();
  assert.equal(await on(page), "true");
  await page.getByRole("alert").getByText("disk full").waitFor();
  await page.done();
});

test("two changes at once: both stay until a page knows better", async () => {
  const page = await open();
  await silent(page).click();
  await page.getByRole("switch", { name: "Start when I log in" }).click();
  assert.equal(await on(page), "false");
  assert.equal(await page.getByRole("switch", { name: "Start when I log in" }).getAttribute("aria-checked"), "true");
  await page.done();
});

test("diagnostics say what they tell, and are copied while the click counts", async () => {
  const page = await open();
  await page.getByText("with the names of your sessions and profiles. Account numbers and start URLs are left out. No tokens, keys or passwords.").waitFor();
  await page.evaluate(() => {
    const write = navigator.clipboard.write.bind(navigator.clipboard);
    navigator.clipboard.write = (items) => ((window.gesture = navigator.userActivation.isActive && window.door.reply !== undefined), write(items));
    navigator.clipboard.writeText = () => Promise.reject(new Error("too late"));
  });
  await page.answers({ hold: "relight 0.1.0" });
  await page.getByRole("button", { name: "Copy diagnostics" }).click();
  assert.equal(await page.evaluate(() => window.gesture), true);
  await page.reply();
  await page.getByRole("button", { name: "Copied", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "relight 0.1.0");
  await page.done();
});

test("diagnostics where the clipboard takes no promise, and where there are none", async () => {
  const page = await open({ init: () => delete window.ClipboardItem });
  await page.answers({ refuse: "The log could not be read." }, { text: "relight 0.1.0" });
  await page.getByRole("button", { name: "Copy diagnostics" }).click();
  await page.getByRole("alert").getByText("The log could not be read.").waitFor();
  await page.getByRole("button", { name: "Copy diagnostics" }).click();
  await page.getByRole("button", { name: "Copied", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "relight 0.1.0");
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("a variable that the shell would give is given, and taken back", async () => {
  const page = await browser.open({
    ...first,
    settings: { ...first.settings, environment: { AWS_PROFILE: "dev" } },
    variables: [
      { name: "HOME", value: "H:\\" },
      { name: "AWS_CONFIG_FILE", value: null },
      { name: "AWS_PROFILE", value: "prod" },
    ],
  });
  await page.getByRole("button", { name: "Settings" }).click();
  const section = page.getByRole("region", { name: "Variables" });
  assert.deepEqual(
    (await section.getByRole("listitem").allInnerTexts()).map((text) => text.split("\n").map((line) => line.trim()).filter(Boolean)),
    [["HOME", "H:\\", "As it was started"], ["AWS_PROFILE", "dev", "Not used: it was started with prod"]],
  );
  assert.deepEqual(await section.getByRole("option").allTextContents(), ["AWS_CONFIG_FILE"]);
  await section.getByLabel("Value of AWS_CONFIG_FILE").fill(" D:\\work\\config ");
  await section.getByRole("button", { name: "Add" }).click();
  await section.getByRole("button", { name: "Remove AWS_CONFIG_FILE" }).waitFor();
  await section.getByRole("button", { name: "Remove AWS_PROFILE" }).click();
  assert.deepEqual(await sets(page), [
    { key: "environment", value: { variable: "AWS_CONFIG_FILE", value: "D:\\work\\config" } },
    { key: "environment", value: { variable: "AWS_PROFILE", value: null } },
  ]);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("distributions of WSL that were found or chosen are switched on and off; elsewhere there are none", async () => {
  const page = await browser.open({
    ...first,
    settings: { ...first.settings, wsl: { Debian: "/root" } },
    found_wsl_homes: [{ distribution: "Ubuntu", home: "/home/me" }],
  });
  await page.getByRole("button", { name: "Settings" }).click();
  const section = page.getByRole("region", { name: "Windows Subsystem for Linux" });
  const states = () => section.getByRole("switch").evaluateAll((all) => all.map((one) => one.ariaChecked));
  assert.deepEqual(await states(), ["false", "true"]);
  await section.getByRole("switch", { name: "Ubuntu" }).click();
  await section.getByRole("switch", { name: "Debian" }).click();
  assert.deepEqual(await sets(page), [
    { key: "wsl", value: { distribution: "Ubuntu", home: "/home/me" } },
    { key: "wsl", value: { distribution: "Debian", home: null } },
  ]);
  await page.done();
  const other = await open();
  assert.equal(await other.getByRole("region", { name: "Windows Subsystem for Linux" }).count(), 0);
  await other.done();
});
