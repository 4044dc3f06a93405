// For each line it reads, gets the token of a profile's session as a program on the SDK that starts now, and says how.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const name = require.resolve("@aws-sdk/token-providers");

/** Without what the last one remembers: it asks only once in 30 seconds. */
function anew() {
  delete require.cache[name];
  return require(name);
}

console.log("ready");
for await (const _ of createInterface({ input: process.stdin })) {
  try {
    const token = await anew().fromSso({ profile: process.argv[2] })();
    console.log(token.expiration > new Date() ? "has a token" : "has none: it is past");
  } catch (error) {
    console.log(`has none: ${error.message}`);
  }
}
