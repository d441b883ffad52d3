/** The types of the installed package, with both ways of resolving modules. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { install, work } from "./examples.mjs";

const tsc = fileURLToPath(new URL("../node_modules/typescript-6/bin/tsc", import.meta.url));
const folder = join(work, "types");

before(() => {
  install();
  cpSync(fileURLToPath(new URL("types", import.meta.url)), folder, { recursive: true });
});

for (const module of ["nodenext", "esnext"]) {
  test(`the public interface compiles as it should with ${module} modules, and misuse does not`, () => {
    const moduleResolution = module === "nodenext" ? module : "bundler";
    const compilerOptions = {
      module, moduleResolution, strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: true, skipLibCheck: false, noEmit: true, jsx: "react-jsx", target: "es2024",
      lib: ["es2024", "esnext.disposable", "dom", "dom.iterable"], types: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    try {
      execFileSync(tsc, ["--project", folder], { encoding: "utf8", stdio: "pipe" });
    } catch ({ stdout, stderr }) {
      assert.fail(stdout + stderr);
    }
  });
}
