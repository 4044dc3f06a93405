// Lets node import the TypeScript sources as they are: their types are taken away, nothing else.
import { register } from "node:module";

const hooks = `
  import { readFileSync } from "node:fs";
  import { createRequire } from "node:module";
  const ts = createRequire(${JSON.stringify(import.meta.url)})("typescript");
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  export async function load(url, context, next) {
    if (!url.endsWith(".ts")) return next(url, context);
    const source = ts.transpileModule(readFileSync(new URL(url), "utf8"), { compilerOptions }).outputText;
    return { format: "module", source, shortCircuit: true };
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
