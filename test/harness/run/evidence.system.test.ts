import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeEvidenceStore } from "../../../harness/run/evidence.ts";
import { startBrowserDriver } from "../../../harness/transport/browser/browser.ts";
import type { PathOf, SpentBrowser } from "../../../harness/transport/evidence.ts";
import type { Driver } from "../../../harness/transport/exchange.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { planFor, serve } from "../transport/serve.ts";

let driver: Driver;
beforeAll(async () => {
  driver = await startBrowserDriver();
}, 60_000);
afterAll(() => driver[Symbol.asyncDispose]());

describe("what a browser showed", () => {
  test("is kept where the attempt did not pass: a picture for each visit, and a trace", async () => {
    await using folder = await temporaryFolder();
    await using server = await serve((request, response) => response.end(`<h1>${request.url}</h1>`));
    const record = makeEvidenceStore(`${folder.path}/kept`).begin("a/browser/app", 2);
    const browser = await driver.open(record.keeper);
    for (const path of ["/first", "/second"]) await browser.visit(planFor(`${server.origin}${path}`));
    await browser[Symbol.asyncDispose]();
    const files = await record.settle(true);
    const own = `${folder.path}/kept/a_browser_app-1`;
    expect(files).toEqual([
      { kind: "screenshot", path: `${own}/browser-1-page-1.png`, attempt: 2 },
      { kind: "screenshot", path: `${own}/browser-1-page-2.png`, attempt: 2 },
      { kind: "trace", path: `${own}/browser-1-trace.zip`, attempt: 2 },
    ]);
    const [first, second, trace] = await Promise.all(files.map(({ path }) => readFile(path)));
    expect(first?.subarray(1, 4).toString()).toBe("PNG");
    expect(second?.equals(first ?? Buffer.of())).toBe(false);
    expect(trace?.subarray(0, 2).toString()).toBe("PK");
    expect(await readFile(`${folder.path}/kept/.gitignore`, "utf8")).toBe("*\n");
  });

  test("is thrown away where it passed: not even a folder is made", async () => {
    await using folder = await temporaryFolder();
    await using server = await serve((_request, response) => response.end("<p>in"));
    const record = makeEvidenceStore(`${folder.path}/kept`).begin("a/browser/app", 1);
    const browser = await driver.open(record.keeper);
    await browser.visit(planFor(server.origin));
    await browser[Symbol.asyncDispose]();
    expect(await record.settle(false)).toEqual([]);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("is kept of a page that never came to rest, too", async () => {
    await using folder = await temporaryFolder();
    const abort = new AbortController();
    await using server = await serve((request, response) => {
      if (request.url === "/") response.end(`<p>wait</p><script>location.assign("/never")</script>`);
      else abort.abort(new Error("enough"));
    });
    const record = makeEvidenceStore(folder.path).begin("a/browser/app", 1);
    const browser = await driver.open(record.keeper);
    await expect(browser.visit(planFor(`${server.origin}/`, { signal: abort.signal }))).rejects.toThrow(
      "enough",
    );
    await browser[Symbol.asyncDispose]();
    expect((await record.settle(true)).map(({ kind }) => kind)).toContain("trace");
  });
});

/** A browser that writes nothing, and says how it ended. */
function spent(paths: string[]): SpentBrowser {
  const keep = (pathOf: PathOf): Promise<void> => {
    paths.push(pathOf("trace"));
    return Promise.resolve();
  };
  return { keep, [Symbol.asyncDispose]: () => Promise.resolve(void paths.push("closed")) };
}

describe("files", () => {
  test.each([
    { ids: ["a/browser/app", "a/browser/app"], names: ["a_browser_app-1", "a_browser_app-2"] },
    { ids: ["a/b", "a_b"], names: ["a_b-1", "a_b-2"] },
    { ids: ["../../etc/passwd"], names: [expect.stringMatching(/^--_--_etc_passwd-[0-9a-f]{8}-1$/)] },
    { ids: ["x".repeat(300)], names: [expect.stringMatching(/^x{100}-[0-9a-f]{8}-1$/)] },
  ])("of $ids stay in their folder and apart", async ({ ids, names }) => {
    await using folder = await temporaryFolder();
    for (const id of ids) {
      const record = makeEvidenceStore(`${folder.path}/in/here`).begin(id, 1);
      const paths: string[] = [];
      record.keeper.hand(spent(paths));
      await record.settle(true);
      expect(paths).toEqual([expect.stringContaining(`${folder.path}/in/here/`), "closed"]);
    }
    const made = await readdir(`${folder.path}/in/here`);
    expect(made.filter((name) => name !== ".gitignore").toSorted()).toEqual(names);
    expect(await readdir(folder.path)).toEqual(["in"]);
  });

  test("a folder that cannot be written is an error with a next step, and the browser is closed all the same", async () => {
    await using folder = await temporaryFolder({ file: "in the way" });
    const record = makeEvidenceStore(`${folder.path}/file`).begin("a", 1);
    const paths: string[] = [];
    record.keeper.hand(spent(paths));
    await expect(record.settle(true)).rejects.toMatchObject({
      code: "ERR_REPORT_UNWRITABLE",
      hint: "Choose another folder with --evidence, or none with --no-evidence.",
    });
    expect(paths).toEqual(["closed"]);
  });

  test("whoever comes too late is closed at once", async () => {
    const record = makeEvidenceStore("unused").begin("a", 1);
    await record.settle(true);
    const paths: string[] = [];
    record.keeper.hand(spent(paths));
    expect(paths).toEqual(["closed"]);
  });
});
