// Gets credentials as any program on the SDK for JavaScript does, and prints why it could not: in a line, or with
// --trace in full.
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";

try {
  await fromNodeProviderChain()();
} catch (error) {
  console.log(process.argv.includes("--trace") ? error : `${error.name}: ${error.message}`);
}
