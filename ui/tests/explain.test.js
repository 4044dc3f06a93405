// "Why does it fail?": a pasted error and what it means, fixes as buttons, changes shown first; and the check of this computer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { checked, explained } from "./pages/mending.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const ERROR = "Error when retrieving token from sso: Token has expired and refresh failed";
const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
const paste = async (page, text) => {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+V");
};
const open = async (page) => {
  await page.getByRole("button", { name: "Why does it fail?" }).click();
  await heading(page, "Why does it fail?");
};
const pasted = async (page, next) => {
  await open(page);
  await paste(page, ERROR);
  await page.push(next);
  await page.getByRole("heading", { name: next.answer.title }).waitFor();
};
const asked = async (page) => (await page.acts()).filter(({ do: what }) => what === "explain").map(({ with: text }) => text);

test("what is pasted where nothing is written is explained, from every page", async () => {
  for (const to of ["Refresh now", "Settings"]) {
    const page = await browser.open(pages.quiet);
    await page.getByRole("button", { name: to, exact: true }).click();
    await paste(page, ERROR);
    await heading(page, "Why does it fail?");
    await page.waitForFunction(() => window.door.acts.some(({ do: what }) => what === "explain"));
    assert.deepEqual(await asked(page), [ERROR]);
    assert.equal(await page.getByLabel("Paste an error").inputValue(), ERROR);
    assert.deepEqual(page.faults, []);
    await page.done();
  }
});

test("what is pasted into the search stays there", async () => {
  const page = await browser.open(pages.quiet);
  await page.getByRole("textbox", { name: /^Find/ }).focus();
  await paste(page, "prod");
  assert.equal(await page.getByRole("textbox", { name: /^Find/ }).inputValue(), "prod");
  assert.deepEqual(await asked(page), []);
  await page.done();
});

test("the answer names the words, what it is about, the proof and what to do; a click signs in", async () => {
  const page = await browser.open(pages.quiet);
  await pasted(page, explained.ended);
  const text = await page.locator("main").innerText();
  for (const words of [ERROR, "data-etl-prod", "data-eu", "7777 8888 9002", "eu-central-1", "boto3", "Signing in helps.", "~/.aws/config, line 31", "Could not connect"]) {
    assert.ok(text.includes(words), `${words}: ${text}`);
  }
  assert.equal(await page.locator(".visually-hidden[role=status]").innerText(), explained.ended.answer.title);
  await page.getByRole("button", { name: "Open file ~/.aws/config, line 31" }).click();
  assert.deepEqual((await page.acts()).at(-1), { do: "open-file", with: "config" });
  await page.getByRole("button", { name: "Copy the command relight login data-eu" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "relight login data-eu");
  await page.getByRole("button", { name: "Sign in: Sign in to 'data-eu'" }).click();
  assert.deepEqual((await page.acts()).at(-1), { do: "sign-in", with: "sso-session:data-eu" });
  await page.push(explained.signingIn);
  await page.getByRole("img", { name: /^Code/ }).waitFor();
  assert.ok(await page.getByRole("button", { name: "Sign in: Sign in to 'data-eu'" }).isDisabled());
  await page.getByRole("button", { name: "Cancel signing in to data-eu" }).click();
  assert.deepEqual((await page.acts()).at(-1), { do: "cancel", with: "sso-session:data-eu" });
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("where signing in does not help it is said, and no button offers it", async () => {
  const page = await browser.open(pages.quiet);
  await pasted(page, explained.denied);
  await page.getByText("Signing in does not help.").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Sign in/ }).count(), 0);
  await page.done();
});

test("a text that is not recognised is answered kindly, and is not said to be helped or not", async () => {
  const page = await browser.open(pages.quiet);
  await pasted(page, explained.unknown);
  await page.getByText("Paste more of it: the command that you ran").waitFor();
  assert.equal(await page.getByText("Signing in").count(), 0);
  await page.done();
});

test("a typed error is explained by the button, by Ctrl+Enter, and not before", async () => {
  const page = await browser.open(pages.quiet);
  await open(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "pasted");
  await page.getByLabel("Paste an error").fill("  ");
  assert.ok(await page.getByRole("button", { name: "Explain" }).isDisabled());
  await page.getByLabel("Paste an error").fill("ExpiredToken");
  assert.deepEqual(await asked(page), []);
  await page.getByRole("button", { name: "Explain" }).click();
  await page.getByLabel("Paste an error").press("Control+Enter");
  assert.deepEqual(await asked(page), ["ExpiredToken", "ExpiredToken"]);
  await page.done();
});

test("megabytes are sent whole and not shown; of more, the end counts", async () => {
  const page = await browser.open(pages.quiet);
  await open(page);
  const send = (count) =>
    page.evaluate((count) => {
      const data = new DataTransfer();
      data.setData("text/plain", `${"x".repeat(count)}the end`);
      document.getElementById("pasted").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true, bubbles: true }));
    }, count);
  await send(3_000_000);
  await page.getByPlaceholder("3.0 MB of text were read.").waitFor();
  assert.equal(await page.getByLabel("Paste an error").inputValue(), "");
  await send(9_000_000);
  const sent = await page.evaluate(() => window.door.acts.filter(({ do: what }) => what === "explain").map(({ with: text }) => [text.length, text.slice(-7)]));
  assert.deepEqual(sent, [[3_000_007, "the end"], [8_000_000, "the end"]]);
  await page.done();
});

test("who leaves leaves nothing behind", async () => {
  const page = await browser.open(pages.quiet);
  await pasted(page, explained.ended);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Why does it fail?" }).waitFor();
  assert.deepEqual((await page.acts()).at(-1), { do: "leave-mending" });
  await open(page);
  assert.equal(await page.getByLabel("Paste an error").inputValue(), "");
  assert.equal(await page.getByText(ERROR).count(), 0);
  await page.done();
});

test("a change is shown line by line, made as shown, told, and taken back", async () => {
  const page = await browser.open(checked.found);
  await open(page);
  await page.getByRole("button", { name: "Check this computer" }).click();
  await heading(page, "Check this computer");
  await page.getByText("3 findings").waitFor();
  const title = "Write sso_session = corp in [profile dev]";
  const diff = ["  [profile dev]", "- sso_session = crop", "+ sso_session = corp"];
  assert.equal((await page.getByLabel("What will change in ~/.aws/config").innerText()).trimEnd().replace(/\n+/g, "\n"), diff.join("\n"));
  await page.getByRole("button", { name: `Make this change: ${title}` }).click();
  const made = (await page.acts()).slice(-2);
  assert.deepEqual(made, [{ do: "check-computer" }, { do: "mend", with: { title, file: "~/.aws/config", diff } }]);
  await page.getByRole("button", { name: `Make this change: ${title}` }).click();
  assert.equal((await page.acts()).filter(({ do: what }) => what === "mend").length, 1);
  await page.push(checked.mended);
  await page.getByText("Written. ~/.aws/config as it was").waitFor();
  assert.match(await page.evaluate(() => document.activeElement.tagName), /^H[12]$/, "the focus stays near");
  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepEqual((await page.acts()).at(-1), { do: "take-back" });
  await page.push(checked.well);
  await page.getByText("Nothing is wrong.").waitFor();
  await page.push({ ...checked.found, findings: checked.found.findings.filter(({ severity }) => severity === "info") });
  await page.getByRole("heading", { name: "Worth knowing" }).waitFor();
  await page.getByText("Nothing is wrong.").waitFor();
  assert.deepEqual(page.faults, []);
  await page.done();
});
