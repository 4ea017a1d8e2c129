import type { Emission } from "../../harness/emission/emission.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { libraryTarget } from "../../harness/target/library.ts";

/** When everything is issued, seconds since the epoch. */
export const NOW = 1_795_000_000;

/** What is made at random, said instead: then two messages of one emission say the same. */
const FIXED: Readonly<Partial<Record<Emission["channel"], Readonly<Record<string, string>>>>> = {
  saml: {
    "/samlResponse/id": "_fixed-response",
    "/samlResponse/assertion/id": "_fixed-assertion",
    "/samlResponse/assertion/authnStatement/sessionIndex": "_fixed-session",
  },
  wsfed: { "/wsFedResponse/assertion/id": "_fixed-assertion" },
};

/** The same emission, said with fixed ids and not tampered with. */
export function steady(emission: Emission): Emission {
  const fixed = Object.entries(FIXED[emission.channel] ?? {});
  const patch = fixed.map(([path, value]) => ({ op: "set" as const, path, value }));
  return { ...emission, tamper: [], patch: [...patch, ...emission.patch] };
}

/** A mock IdP with a clock that stands, and artifacts that it makes once each. */
export interface SteadyIssuer extends AsyncDisposable {
  readonly idp: MockIdp;
  /** Empty when an error is issued instead. */
  readonly issue: (emission: Emission) => Promise<string>;
}

/** Starts a mock IdP whose artifacts go to the library, without any HTTP. */
export async function startSteadyIssuer(): Promise<SteadyIssuer> {
  const idp = await startIdp({ now: () => NOW });
  const target = libraryTarget(idp, () => NOW);
  const { signal } = new AbortController();
  const made = new Map<string, Promise<string>>();
  const make = async (emission: Emission): Promise<string> => {
    const seen = await target.observe({ emission, transport: "direct", user: "one@partner.example", signal });
    return seen.issued?.artifact ?? "";
  };
  return {
    idp,
    issue: async (emission) => {
      const name = JSON.stringify(emission);
      const artifact = made.get(name) ?? make(emission);
      made.set(name, artifact);
      return await artifact;
    },
    [Symbol.asyncDispose]: idp.stop,
  };
}
