// The page must stay small: it is read from disk each time the window opens.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MOST = 60_000;
const dist = new URL("../dist/", import.meta.url);

let total = 0;
for (const name of readdirSync(dist, { recursive: true }).filter((name) => /\.(html|js|css)$/.test(name))) {
  const size = gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
  console.log(`${String(size).padStart(7)} B gzipped  ${name}`);
  total += size;
}
console.log(`${String(total).padStart(7)} B of at most ${MOST}`);
if (total > MOST) process.exit(1);
