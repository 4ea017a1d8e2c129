import { expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import { whoseUnseen } from "../../../harness/run/whose-unseen.ts";

const UNSEEN = ["the message names somebody else too, and nothing shows whose session was opened"];
const NOBODY = "the target accepted and names nobody, so that nothing shows whose session it is";
const NAMES = { op: "set", path: "/userInfo/email", value: "victim@partner.example" } as const;
const HARMLESS = { op: "set", path: "/userInfo/zoneinfo", value: "Europe/Berlin" } as const;

test.each<{
  patch: typeof NAMES | typeof HARMLESS;
  decision: Observation["decision"];
  as: NonNullable<Observation["as"]> | "unseen";
  wanted: "accept" | "refuse" | "either";
  unseen: readonly string[];
}>([
  { patch: NAMES, decision: "accept", as: "unseen", wanted: "accept", unseen: UNSEEN },
  { patch: NAMES, decision: "accept", as: "marker", wanted: "accept", unseen: [] },
  { patch: NAMES, decision: "accept", as: "forged", wanted: "accept", unseen: [] }, // the comparison tells that
  { patch: NAMES, decision: "refuse", as: "unseen", wanted: "refuse", unseen: [] },
  { patch: NAMES, decision: "accept", as: "unseen", wanted: "refuse", unseen: [] }, // wrong, whoever it is
  { patch: NAMES, decision: "accept", as: "unseen", wanted: "either", unseen: UNSEEN },
  { patch: NAMES, decision: "accept", as: "marker", wanted: "either", unseen: [] },
  { patch: HARMLESS, decision: "accept", as: "unseen", wanted: "accept", unseen: [] },
  { patch: HARMLESS, decision: "accept", as: "nobody", wanted: "accept", unseen: [NOBODY] },
  { patch: HARMLESS, decision: "accept", as: "nobody", wanted: "refuse", unseen: [] }, // wrong, whoever it is
  { patch: HARMLESS, decision: "refuse", as: "nobody", wanted: "accept", unseen: [] },
])("$patch.value, $decision as $as, $wanted wanted: $unseen", ({ patch, decision, as, wanted, unseen }) => {
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", patch: [patch] });
  const scenario = {
    emission,
    expect: {
      verdict: "compliant" as const,
      findings: [],
      ...(wanted === "either"
        ? { decision: "refuse" as const, orAccept: "who-signed-in" as const }
        : { decision: wanted }),
    },
  };
  const whose = as === "unseen" ? {} : { as };
  const seen = { decision, signals: [], exchanges: [], issued: undefined, ...whose };
  expect(whoseUnseen(scenario, seen)).toEqual(unseen);
});
