import { expect, test } from "vitest";
import { targetSettings } from "../../../harness/cli/run/target-settings.ts";
import { configSchema } from "../../../harness/cli/config/config-schema.ts";
import { startTargets } from "../../../harness/run/start-targets.ts";
import { loadBundled } from "../../../harness/scenario/load.ts";
import { deadOrigin } from "../transport/serve.ts";

const [scenario] = await loadBundled(["id-token-with-mfa"]);

/** Answers 200 to whoever asks, with what its environment says. */
const SERVER = `require("node:http").createServer((_, response) => response.end(process.env.WORD))
  .listen(new URL(process.env.ORIGIN).port, "127.0.0.1")`;

/** Accepts where the program beside it answers. */
const TOOL = `fetch(process.env.ORIGIN).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;

async function isUp(origin: string): Promise<boolean> {
  return await fetch(origin).then(
    ({ ok }) => ok,
    () => false,
  );
}

test.each([
  { kind: "api", define: (url: string) => ({ kind: "api", channels: ["oidc"], url }) },
  {
    kind: "command",
    define: (url: string) => ({
      kind: "command",
      channels: ["oidc"],
      run: ["env", `ORIGIN=${url}`, process.execPath, "-e", TOOL],
    }),
  },
])("$kind: what stands under command is started before the cases, and stopped", async ({ define }) => {
  if (scenario === undefined) throw new TypeError("there is no scenario");
  const origin = await deadOrigin();
  const command = {
    run: [process.execPath, "-e", SERVER],
    ready: origin,
    env: { ORIGIN: origin, WORD: "up" },
  };
  const config = configSchema.parse({ targets: { own: { ...define(origin), command } } });
  const { keepKeys: _keepKeys, ...settings } = await targetSettings(config, false);
  const one = { id: "one", scenario, transport: "direct", target: "own" } as const;
  const signal = AbortSignal.timeout(60_000);
  expect(await isUp(origin)).toBe(false);
  {
    await using started = await startTargets([one], settings, signal);
    const [target] = started.targets;
    const { emission, issuer, flow, steps } = scenario;
    const course = { issuer, flow, steps, asked: undefined, asks: undefined, later: undefined };
    const seen = await target?.observe({
      emission,
      transport: "direct",
      user: "ann@partner.example",
      signal,
      course,
      id: "one",
    });
    expect(seen?.decision).toBe("accept");
  }
  expect(await isUp(origin)).toBe(false);
});
