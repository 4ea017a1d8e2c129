import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBrowserDriver } from "../../../../harness/transport/browser/browser.ts";
import type { Driver } from "../../../../harness/transport/exchange.ts";
import { planFor, serve } from "../serve.ts";

let driver: Driver;

beforeAll(async () => {
  driver = await startBrowserDriver();
});

afterAll(async () => await driver[Symbol.asyncDispose]());

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processOf(pid: string): readonly Process[] {
  try {
    const parent = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
    return [{ pid: Number(pid), parent, command: readFileSync(`/proc/${pid}/cmdline`, "utf8") }];
  } catch {
    return [];
  }
}

/** What this process started, and what that started. */
function descendants(): readonly Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(processOf);
  const own = new Set([process.pid]);
  for (let size = 0; size !== own.size;) {
    size = own.size;
    for (const { pid, parent } of all) if (own.has(parent)) own.add(pid);
  }
  return all.filter(({ pid }) => own.has(pid) && pid !== process.pid);
}

const KILLED = {
  renderer: ({ command }: Process): boolean => command.includes("--type=renderer"),
  browser: ({ command }: Process): boolean =>
    command.includes("--remote-debugging") && !command.includes("--type="),
};

// Which processes are the browser's is read from /proc, which only Linux has.
test.skipIf(process.platform !== "linux").each(["renderer", "browser"] as const)(
  "a %s that is killed ends its visit alone, and the next ones have one again",
  async (which) => {
    const asked = Promise.withResolvers<void>();
    await using server = await serve((request, response) => {
      if (request.url === "/slow.js") asked.resolve();
      else response.end(request.url === "/slow" ? `<script src="/slow.js"></script>` : "<p>here</p>");
    });
    await using kept = await driver.open();
    expect((await kept.visit(planFor(`${server.origin}/`))).page.html).toContain("here");
    const visit = expect(driver.signIn(planFor(`${server.origin}/slow`))).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: "the browser or its tab ended while this case ran; nothing can be told of it",
    });
    await asked.promise;
    const killed = descendants().filter(KILLED[which]);
    expect(killed.length).toBeGreaterThan(0);
    for (const { pid } of killed) process.kill(pid, "SIGKILL");
    await visit;
    expect((await driver.signIn(planFor(`${server.origin}/`))).page.html).toContain("here");
    expect((await kept.visit(planFor(`${server.origin}/`))).page.html).toContain("here");
  },
);
