import { z } from "zod";
import { FLOWS } from "../../scenario/schema.ts";
import { ASKED_WORDS } from "../asked-words.ts";
import { startedSchema } from "./started.ts";
import { addressPattern, addressSchema, checkConsent, consentShape } from "./address.ts";
import { patternSchema, pointerSchema } from "./decide.ts";
import { selectorSchema } from "./selector.ts";

/** Something on a page that can be looked for; exactly one of them. */
const signShape = z.strictObject({
  selector: selectorSchema.optional().describe("An element that this CSS selector finds"),
  text: z.string().min(1).optional().describe("Words that stand in the page's text"),
  regex: patternSchema.optional().describe("A pattern in the page's text"),
});

const sign = signShape.refine(
  (one) => Object.keys(one).length === 1,
  "expected one of selector, text, regex",
);

const signedIn = z
  .strictObject({
    url: addressSchema
      .optional()
      .describe("Where the app says who is signed in; absent: the page it ends on"),
    selector: selectorSchema.optional().describe("The element that names the user"),
    json: pointerSchema.optional().describe("The member that names the user"),
    regex: patternSchema.optional().describe("The first group names the user"),
  })
  .refine(
    ({ selector, json, regex }) => [selector, json, regex].filter((one) => one !== undefined).length === 1,
    "expected one of selector, json, regex",
  );

const addresses = z.strictObject({
  initiate: addressPattern(["issuer", "idp", "flow", "user", ...ASKED_WORDS], ["issuer", "idp"])
    .optional()
    .describe(
      "Begins a sign-in with the issuer that stands for {issuer}, in the flow {flow} (code, hybrid, jarm); {user} is who signs in",
    ),
  ask: addressPattern(ASKED_WORDS)
    .optional()
    .describe(
      "Begins a sign-in that asks for more: {acr_values}, {claims}, {max_age}, {prompt}, or all of them as {parameters}; in SAML {requestedAuthnContext} (classes, a space between), {comparison}, {forceAuthn}, {isPassive}, {nameIdFormat}, {subject}",
    ),
  idpInitiated: addressPattern(["idp", "issuer"], [])
    .optional()
    .describe("Begins a sign-in at the IdP, {idp}, or at the app on its behalf"),
  "sign-in-again": addressSchema.optional().describe("Demands that whoever is signed in signs in anew"),
  "sign-in-silently": addressSchema
    .optional()
    .describe("Asks the IdP again about whoever is signed in, and takes what its session has"),
  "step-up": addressSchema.optional().describe("Demands MFA of whoever is signed in"),
  refresh: addressSchema.optional().describe("Gets new tokens by the refresh token and shows the outcome"),
  "user-info": addressSchema.optional().describe("Asks the userinfo endpoint and shows the outcome"),
});

/** Every address that the file of an app names, by where it stands. */
export function namedAddresses(app: z.output<typeof appShape>): Readonly<Record<string, string | undefined>> {
  const further = Object.entries(app.addresses ?? {}).map(
    ([name, address]) => [`addresses.${name}`, address] as const,
  );
  return {
    start: app.start,
    signOut: app.signOut,
    "signedIn.url": app.signedIn.url,
    "command.ready": app.command?.ready,
    ...Object.fromEntries(further),
  };
}

/** How an app asks by itself: as scenarios do, or for an ID token that comes by the browser alone. */
const OWN_FLOWS = [...FLOWS, "implicit"] as const;

const appShape = z.strictObject({
  kind: z.literal("app"),
  channels: z
    .array(z.enum(["oidc", "saml", "wsfed"]))
    .min(1)
    .describe("How the app signs people in"),
  start: addressSchema.describe("A protected page, which begins a sign-in"),
  press: z
    .array(selectorSchema)
    .min(1)
    .optional()
    .describe(
      "Links, buttons and boxes on the way, by CSS selector: to choose the IdP, to agree to terms; each once",
    ),
  signedIn: signedIn.describe("Where the app says who is signed in"),
  flow: z
    .enum(OWN_FLOWS)
    .default("code")
    .describe("How `start` asks, in OpenID Connect; scenarios of that flow are run as well"),
  maxAuthAgeSeconds: z
    .int()
    .min(0)
    .optional()
    .describe(
      "The oldest sign-in that the app accepts, where it limits that without asking for it (max_age, ForceAuthn)",
    ),
  granted: sign.optional().describe("A sign that access is granted; default: the page of a good sign-in"),
  refused: sign.optional().describe("A sign that it is refused; default: the page of a cancelled sign-in"),
  challenge: sign.optional().describe("A sign that the app asks for another sign-in"),
  signOut: addressSchema.optional().describe("Visited after each case"),
  addresses: addresses
    .optional()
    .describe("What scenarios with more steps need; without it they are not run"),
  issuer: z.string().min(1).optional().describe("As it is set in the app; doctor compares it, exactly"),
  command: startedSchema.optional().describe("The harness starts and stops the app"),
  ...consentShape,
});

/** A partner's web application. */
export const appDefinition = appShape.superRefine((app, context) => {
  checkConsent(app, namedAddresses(app), (path, message) =>
    context.addIssue({ code: "custom", path: [...path], message }),
  );
});

/** A web application as a target. */
export type AppDefinition = Readonly<z.output<typeof appDefinition>>;
/** Where an app says who is signed in. */
export type SignedInPlace = Readonly<z.output<typeof signedIn>>;
/** Something that a page may show. */
export type PageSign = Readonly<z.output<typeof signShape>>;
