// Gets role credentials for a profile as any program on the SDK for JavaScript does.
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";

const provider = fromNodeProviderChain({ profile: process.argv[2] });
const keys = await provider();
console.log(keys.accessKeyId.slice(0, 4));
