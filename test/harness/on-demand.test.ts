import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const INDEX = new URL("../../harness/index.ts", import.meta.url).href;
const run = promisify(execFile);

/** Which of some packages and files are loaded by a program that begins with the API in `harness`. */
async function loadedBy(program: string): Promise<readonly string[]> {
  const script = `import { registerHooks } from "node:module";
    const seen = new Set();
    registerHooks({ resolve: (...all) => { const found = all[2](all[0], all[1]); seen.add(found.url); return found; } });
    const harness = await import(${JSON.stringify(INDEX)});
    ${program}
    const heavy = ["/express/", "/yaml/", "/run/run.ts", "/partner/start-partners.ts", "/scenario/load.ts", "/xmldom/"];
    console.log(JSON.stringify(heavy.filter((part) => [...seen].some((url) => url.includes(part)))));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script]);
  const loaded: unknown = JSON.parse(stdout);
  return Array.isArray(loaded) ? loaded.map(String) : [];
}

const SERVED = `await using idp = await harness.startIdp(); await fetch(idp.trust.oidcIssuer + "/jwks");`;

test.each([
  { does: "only knows the API", program: "", loaded: [] },
  { does: "starts an IdP and asks it", program: SERVED, loaded: ["/express/"] },
  {
    does: "hands artifacts over",
    program: "await using running = await harness.startReferenceTargets([]);",
    loaded: [],
  },
  {
    does: "loads scenarios",
    program: "await harness.loadScenarios([]).catch(() => undefined);",
    loaded: ["/yaml/", "/scenario/load.ts"],
  },
])("who $does gets $loaded", async ({ program, loaded }) => {
  expect(await loadedBy(program)).toEqual(loaded);
});
