// Measures how smoothly a thousand profiles scroll, from Chromium's own trace: npm run bench
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

// Frames above this are felt.
const MOST = 50;

const browser = await openBrowser();
const page = await browser.open(pages.thousand);
await page.getByText("Show all 1000").click();
await page.getByText("team-0012-developer").waitFor();

const cdp = await page.context().browser().newBrowserCDPSession();
const events = [];
cdp.on("Tracing.dataCollected", ({ value }) => events.push(...value));
const complete = new Promise((done) => cdp.once("Tracing.tracingComplete", done));
await cdp.send("Tracing.start", {
  transferMode: "ReportEvents",
  traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline.frame", "devtools.timeline.frame", "devtools.timeline"] },
});
await page.evaluate(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  console.timeStamp("scrolling begins");
  while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
    scrollBy(0, 240);
    await frame();
  }
  console.timeStamp("scrolling ends");
});
await cdp.send("Tracing.end");
await complete;
await page.done();
await browser.close();

const mark = (name) => events.find((event) => event.name === "TimeStamp" && event.args.data.message === name);
const [begins, ends] = [mark("scrolling begins"), mark("scrolling ends")];
// One for each frame that was drawn, in microseconds.
const drawn = events
  .filter(({ name, pid, ts }) => name === "DrawFrame" && pid === begins.pid && ts > begins.ts && ts < ends.ts)
  .map(({ ts }) => ts)
  .sort((a, b) => a - b);
if (drawn.length < 10) throw new Error(`only ${drawn.length} frames were drawn`);
const longest = Math.max(...drawn.slice(1).map((ts, i) => ts - drawn[i])) / 1_000;
console.log(`scrolling 1,000 profiles: longest frame ${longest.toFixed(1)} ms of at most ${MOST.toFixed(0)} ms, ${longest <= MOST ? "ok" : "MISSED"}`);
if (process.argv.includes("--frames")) console.log(`${drawn.length} frames`);
