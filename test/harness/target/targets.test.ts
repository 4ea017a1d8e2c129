import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Channel } from "../../../harness/emission/channels.ts";
import type { Emission } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { appTarget } from "../../../harness/target/app.ts";
import { libraryTarget } from "../../../harness/target/library.ts";
import type { Target } from "../../../harness/target/target.ts";
import { makeDrivers, type Drivers } from "../../../harness/transport/drivers.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

let idp: MockIdp;
let drivers: Drivers;

beforeAll(async () => {
  idp = await startIdp();
  drivers = makeDrivers();
});

afterAll(async () => {
  await drivers[Symbol.asyncDispose]();
  await idp[Symbol.asyncDispose]();
});

function emission(channel: Channel): Emission {
  return { channel, profile: "password-and-otp", patch: [], tamper: [], key: "published", ignore: [] };
}

const SIGNAL = new AbortController().signal;
const USER = "agent-7@partner.example";

describe("the library as a target", () => {
  test.each([
    { channel: "oidc", asked: { audience: "library", nonce: "library-nonce" } },
    { channel: "partner-api", asked: { audience: "https://api.partnercenter.microsoft.com" } },
    {
      channel: "saml",
      asked: {
        audience: "https://library.example/metadata",
        requestId: "_library-request",
        assertionConsumerService: "https://library.example/acs",
      },
    },
    {
      channel: "wsfed",
      asked: {
        audience: "urn:federation:MicrosoftOnline",
        assertionConsumerService: "https://login.microsoftonline.com/login.srf",
      },
    },
    {
      channel: "eam",
      asked: {
        audience: "library",
        nonce: "library-nonce",
        eam: {
          subject: "library-pairwise-subject",
          acrValues: ["possessionorinherence"],
          amrValues: "face fido fpt hwk iris otp pop retina sc sms swk tel vbm".split(" "),
          state: "library-state",
          returnedState: "library-state",
        },
      },
    },
  ] as const)("$channel: hands over what was issued, decides nothing", async ({ channel, asked }) => {
    const target = libraryTarget(idp, () => 1_800_000_000);
    const seen = await target.observe({
      emission: emission(channel),
      transport: "direct",
      user: USER,
      signal: SIGNAL,
    });
    const artifact = seen.issued?.artifact ?? "";
    expect(artifact).toMatch(["saml", "wsfed"].includes(channel) ? /^<.*Response/ : /^eyJ/);
    expect(seen).toEqual({
      decision: undefined,
      signals: ["handed over, not shown to anybody"],
      exchanges: [],
      issued: { channel, artifact, user: USER, at: 1_800_000_000, ...asked },
    });
  });
});

function makeTarget(origin: string): Target {
  return appTarget({ name: "app", channels: ["oidc"], startUrl: () => `${origin}/portal`, idp, drivers });
}

describe("a partner app as a target", () => {
  const attempt = { emission: emission("oidc"), transport: "protocol", user: USER, signal: SIGNAL } as const;

  test("an app that never asks the IdP: what it says is seen, nothing was issued", async () => {
    await using server = await serve((_request, response) => response.end("<p id=access>refused</p>"));
    expect(await makeTarget(server.origin).observe(attempt)).toMatchObject({
      decision: "refuse",
      issued: undefined,
      exchanges: [{ method: "GET", url: `${server.origin}/portal`, status: 200 }],
    });
  });

  test("an app that is not there: our failure, and the emission is withdrawn", async () => {
    const offered: string[] = [];
    const withdrawn: string[] = [];
    const watched: MockIdp = {
      ...idp,
      offer: (...offer) => {
        const choice = idp.offer(...offer);
        offered.push(choice);
        return choice;
      },
      withdraw: (choice) => {
        withdrawn.push(choice);
        idp.withdraw(choice);
      },
    };
    const origin = await deadOrigin();
    const options = {
      name: "app",
      channels: ["oidc"],
      startUrl: () => origin,
      idp: watched,
      drivers,
    } as const;
    await expect(appTarget(options).observe(attempt)).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
    });
    expect(offered.length).toBe(1);
    expect(withdrawn).toEqual(offered);
  });

  test("direct transport is misuse", async () => {
    await expect(
      makeTarget("http://127.0.0.1:1").observe({ ...attempt, transport: "direct" }),
    ).rejects.toThrow(TypeError);
  });
});
