import { describe, expect, test } from "vitest";
import { makeReach, THIS_MACHINE } from "../../../harness/transport/reach.ts";
import { startProtocolDriver } from "../../../harness/transport/protocol/protocol.ts";
import { planFor } from "./serve.ts";

const SIGNAL = new AbortController().signal;

describe("where requests may go", () => {
  test.each([
    { url: "http://127.0.0.1:1/", here: true, with: true },
    { url: "https://app.example/", here: false, with: true },
    { url: "https://app.example:8443/", here: false, with: true },
    { url: "https://www.app.example/", here: false, with: false },
    { url: "https://app.example.evil/", here: false, with: false },
    { url: "ftp://app.example/", here: false, with: false },
  ])("$url → $here, with consent $with", async ({ url, here, with: consented }) => {
    const reach = makeReach([{ hostname: "app.example", requestsPerSecond: 100 }]);
    expect([THIS_MACHINE.allows(new URL(url)), reach.allows(new URL(url))]).toEqual([here, consented]);
    if (consented) await reach.turn(new URL(url), SIGNAL);
    else
      await expect(reach.turn(new URL(url), SIGNAL)).rejects.toMatchObject({
        code: "ERR_TARGET_UNREACHABLE",
      });
  });

  test("a driver sends nothing elsewhere", async () => {
    await using driver = startProtocolDriver();
    const plan = planFor("https://app.example/portal");
    await expect(driver.signIn(plan)).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: "the sign-in leads to https://app.example, which is not on this machine",
    });
  });

  test("elsewhere one request waits for the other, here none does", async () => {
    const reach = makeReach([{ hostname: "app.example", requestsPerSecond: 20 }]);
    const started = performance.now();
    await Promise.all(Array.from({ length: 4 }, () => reach.turn(new URL("https://app.example/"), SIGNAL)));
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
    // Nobody who waited would be told of an abort that came before.
    await reach.turn(new URL("http://127.0.0.1/"), AbortSignal.abort());
  });
});
