import { z } from "zod";
import { emissionChangesSchema, emissionSchema } from "../emission/emission.ts";
import { asksSchema, canAsk } from "./asks.ts";
import { matrixSchema } from "./matrix.ts";

/** How an emission reaches a target: handed over, by plain HTTP, or through a real browser. */
export const TRANSPORTS = ["direct", "protocol", "browser"] as const;

const VERDICTS = [
  "compliant",
  "non-compliant",
  "re-authenticate",
  "exempt",
  "not-applicable",
  "inconclusive",
  "none",
] as const;

/** What it means that a target takes what it should refuse, from "anyone signs in as anybody" down. */
const SEVERITIES = ["critical", "high", "medium", "low", "none"] as const;

/**
 * What is done, in this order; the decision is read after the last step.
 *
 * `refresh`, `user-info`: the partner app asks the IdP again. In the same browser it demands another sign-in by
 * `sign-in-again` and one with MFA by `step-up`, while `sign-in-silently` takes what the session has; `sign-in-edited` is
 * a sign-in whose browser leaves out all that the app asks. `replay`: the same
 * answer is sent once more. `idp-initiated`: instead of a request. `back-channel-logout`: the IdP ends the session at the
 * partner app. `hold`: a sign-in whose answer is kept unsent; `deliver` sends it, `deliver-earlier` the one held before it; with the code or the access token of
 * the answer held before it where the step says so. `other-browser`: all that follows happens in another one.
 * `begin-elsewhere`: a sign-in with the other of the two issuers, the shared one and the scenario's own, is begun and left.
 */
const STEPS = [
  "sign-in",
  "sign-in-again",
  "sign-in-silently",
  "sign-in-edited",
  "step-up",
  "refresh",
  "user-info",
  "replay",
  "idp-initiated",
  "back-channel-logout",
  "hold",
  "other-browser",
  "begin-elsewhere",
  "deliver",
  "deliver-earlier",
  "deliver-other-code",
  "deliver-other-access-token",
] as const;

/**
 * What a scenario takes for granted of the partner app, which does not have to do it: `nonce`, `state`: it sends one;
 * `age-limit`: it limits how long ago somebody may have signed in, by what it asks for or by what its file says.
 */
const PRESUMPTIONS = ["nonce", "state", "age-limit"] as const;

/** How a relying party asks: for a code; for a code and tokens by form_post; for a code in a signed answer (JARM). */
export const FLOWS = ["code", "hybrid", "jarm"] as const;

const matcherAnswer = z.enum(["pass", "fail", "missing"]);

/** What a scenario demands. */
export const expectSchema = z.strictObject({
  verdict: z.enum(VERDICTS).describe("The judge's verdict; none: nothing is issued, as it stops before"),
  findings: z.array(z.string()).default([]).describe("Exactly these rule ids, in any order"),
  matchers: z
    .strictObject({
      strict: matcherAnswer.optional(),
      "ms-cmdlet": matcherAnswer.optional(),
      "ms-mca": matcherAnswer.optional(),
      "partner-consent": matcherAnswer.optional(),
      "entra-saml": matcherAnswer.optional(),
      "entra-wsfed": matcherAnswer.optional(),
      eam: matcherAnswer.optional(),
    })
    .optional()
    .describe("What each reader answers by itself to the same artifact"),
  decision: z
    .enum(["accept", "refuse", "challenge"])
    .optional()
    .describe("What every correct partner app does; only a scenario that is only handed over goes without"),
  orAccept: z
    .enum(["who-signed-in", "always", "anybody"])
    .optional()
    .describe(
      "Beside `refuse` or `challenge`, accepting is right too: as who signed in, which has to be seen; always: seen or not, as the message names nobody else; anybody: whoever is signed in, as the IdP has signed each name",
    ),
  orRefuse: z
    .literal(true)
    .optional()
    .describe("Beside `accept`, rejecting is right too, as no specification demands that it is accepted"),
  neverShown: z
    .string()
    .min(1)
    .optional()
    .describe("Text that only the fault brings: a partner app that shows it has used what it must not use"),
});

/** The members of a scenario, each for itself. */
export const scenarioShape = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "expected kebab-case, such as id-token-without-amr")
    .describe("The name of the file"),
  title: z.string().min(1).describe("What is emitted, in a few words"),
  why: z.string().min(1).describe("Why it matters, and where that is written"),
  references: z.array(z.string().min(1)).min(1).describe("Requirement ids and specifications"),
  severity: z.enum(SEVERITIES).optional().describe("How bad it is that a target takes it"),
  control: z.string().optional().describe("Id of the scenario that is right where this one is wrong"),
  covers: z
    .array(z.string().regex(/^[a-z-]+\/\S+$/, "expected <list>/<id>, such as saml-sp/87"))
    .default([])
    .describe("The same case in other lists: <list>/<id>"),
  matrix: matrixSchema
    .optional()
    .describe("Names with values; ${{ name }} anywhere below stands for one of them, a scenario for each"),
  combine: z
    .enum(["full", "pairwise"])
    .optional()
    .describe("Every combination (default), or only so many that every two values meet"),
  emission: emissionSchema,
  later: emissionChangesSchema
    .optional()
    .describe("Members that take the place of the emission's once the first step is done"),
  asks: asksSchema
    .optional()
    .describe("What the partner app asks for, and has to check, in each sign-in that no other step asks for"),
  presumes: z
    .array(z.enum(PRESUMPTIONS))
    .min(1)
    .optional()
    .describe("What the partner app does of its own accord; where it does not, the case is skipped"),
  asked: z
    .strictObject({
      audience: z.string().min(1).optional(),
      acrValues: z.array(z.string()).min(1).optional(),
      amrValues: z.array(z.string()).min(1).optional(),
    })
    .optional()
    .describe("What the reader asked for, where it is not the usual; only for what is handed over"),
  issuer: z
    .enum(["shared", "own"])
    .default("shared")
    .describe("own: the partner app is sent to an issuer of this scenario's own, metadata included"),
  flow: z.enum(FLOWS).default("code").describe("How a relying party asks; the other channels know one way"),
  steps: z.array(z.enum(STEPS)).min(1).default(["sign-in"]).describe("What is done, the last is decided"),
  transport: z
    .array(z.enum(TRANSPORTS))
    .min(1)
    .default(["direct", "protocol"])
    .describe("One case for each, against each target of the channel that takes it"),
  expect: expectSchema,
});

type ScenarioShape = z.output<typeof scenarioShape>;

/** What members of a scenario have to agree on. */
const AGREEMENTS: readonly {
  readonly path: readonly string[];
  readonly message: string;
  readonly isBroken: (scenario: ScenarioShape) => boolean;
}[] = [
  {
    path: ["expect", "orAccept"],
    message: "accepting can be right too only beside the decision refuse or challenge",
    isBroken: ({ expect: { decision, orAccept } }) =>
      orAccept !== undefined && decision !== "refuse" && decision !== "challenge",
  },
  {
    path: ["expect", "orRefuse"],
    message: "rejecting can be right too only beside the decision accept",
    isBroken: ({ expect: { decision, orRefuse } }) => orRefuse !== undefined && decision !== "accept",
  },
  {
    path: ["expect", "decision"],
    message: "expected accept, refuse or challenge, because a partner app decides this scenario",
    isBroken: ({ transport, expect }) =>
      expect.decision === undefined && transport.some((name) => name !== "direct"),
  },
  {
    path: ["transport"],
    message: "a browser cannot hold an answer back; expected no browser beside the step hold",
    isBroken: ({ transport, steps }) => transport.includes("browser") && steps.includes("hold"),
  },
  {
    path: ["asked"],
    message: "a partner app asks for itself; expected the transport direct alone",
    isBroken: ({ transport, asked }) => asked !== undefined && transport.some((name) => name !== "direct"),
  },
  {
    path: ["later"],
    message: "it comes after the first step; expected two steps or more, and no direct among the transports",
    isBroken: ({ later, steps, transport }) =>
      later !== undefined && (steps.length < 2 || transport.includes("direct")),
  },
  {
    path: ["later", "patch"],
    message: "expected the paths that the channel of the emission has",
    isBroken: ({ emission, later }) => !emissionSchema.safeParse({ ...emission, ...later }).success,
  },
  {
    path: ["asks"],
    message: "nothing is asked for what is handed over; expected no direct among the transports",
    isBroken: ({ asks, transport }) => asks !== undefined && transport.includes("direct"),
  },
  {
    path: ["asks"],
    message: "expected what the channel can be asked for: of oidc or of saml, by the names it has for it",
    isBroken: ({ asks, emission }) => asks !== undefined && !canAsk(emission.channel, asks),
  },
  {
    path: ["transport"],
    message: "a browser leaves out nothing of a request; expected no browser beside the step sign-in-edited",
    isBroken: ({ transport, steps }) => transport.includes("browser") && steps.includes("sign-in-edited"),
  },
  {
    path: ["transport"],
    message: "what is handed over is issued; expected no direct beside the verdict none",
    isBroken: ({ transport, expect }) => transport.includes("direct") && expect.verdict === "none",
  },
];

/** One scenario file: the only definition, from which the type and the JSON Schema follow. */
export const scenarioSchema = scenarioShape.superRefine((scenario, context) => {
  for (const { path, message, isBroken } of AGREEMENTS) {
    if (isBroken(scenario)) context.addIssue({ code: "custom", path: [...path], message });
  }
});

/** A scenario; `file` is where it was read from. */
export type Scenario = Readonly<z.output<typeof scenarioSchema>> & { readonly file?: string };

/** What a scenario demands. */
export type Expectation = Scenario["expect"];

/** What a scenario takes for granted of the partner app. */
export type Presumption = (typeof PRESUMPTIONS)[number];

/** One thing that is done in a scenario. */
export type Step = Scenario["steps"][number];

/** How a sign-in of a scenario begins and what it brings. */
export type Flow = Scenario["flow"];

/** How what the IdP says reaches a target. */
export type Transport = (typeof TRANSPORTS)[number];
