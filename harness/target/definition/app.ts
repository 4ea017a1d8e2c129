import { z } from "zod";
import { addressPatternSchema, addressSchema, checkConsent, consentShape } from "./address.ts";
import { patternSchema, pointerSchema } from "./decide.ts";

/** Something on a page that can be looked for; exactly one of them. */
const signShape = z.strictObject({
  selector: z.string().min(1).optional().describe("An element that this CSS selector finds"),
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
    selector: z.string().min(1).optional().describe("The element that names the user"),
    json: pointerSchema.optional().describe("The member that names the user"),
    regex: patternSchema.optional().describe("The first group names the user"),
  })
  .refine(
    ({ selector, json, regex }) => [selector, json, regex].filter((one) => one !== undefined).length === 1,
    "expected one of selector, json, regex",
  );

/** How a program is started before the cases and stopped after them. */
const command = z.strictObject({
  run: z.array(z.string()).min(1).describe("Program and arguments; no shell"),
  ready: addressSchema.describe("Answers as soon as the app is up"),
  cwd: z.string().min(1).optional(),
  env: z.record(z.string(), z.string()).optional(),
  timeoutSeconds: z.number().positive().max(600).default(30).describe("How long coming up may take"),
});

const addresses = z.strictObject({
  initiate: addressPatternSchema
    .optional()
    .describe("Begins a sign-in with the issuer that stands for {issuer}; {user} is who signs in"),
  idpInitiated: addressPatternSchema.optional().describe("Begins a sign-in at the IdP, {idp}"),
  "sign-in-again": addressSchema.optional(),
  refresh: addressSchema.optional(),
  "user-info": addressSchema.optional(),
});

function addressesOf(app: z.output<typeof appShape>): Readonly<Record<string, string | undefined>> {
  return {
    start: app.start,
    signOut: app.signOut,
    "signedIn.url": app.signedIn.url,
    "command.ready": app.command?.ready,
    "addresses.initiate": app.addresses?.initiate,
    "addresses.sign-in-again": app.addresses?.["sign-in-again"],
    "addresses.refresh": app.addresses?.refresh,
    "addresses.user-info": app.addresses?.["user-info"],
  };
}

const appShape = z.strictObject({
  kind: z.literal("app"),
  channels: z
    .array(z.enum(["oidc", "saml", "wsfed"]))
    .min(1)
    .describe("How the app signs people in"),
  start: addressSchema.describe("A protected page, which begins a sign-in"),
  signedIn: signedIn.describe("Where the app says who is signed in"),
  granted: sign.optional().describe("A sign that access is granted; default: the page of a good sign-in"),
  refused: sign.optional().describe("A sign that it is refused; default: the page of a cancelled sign-in"),
  challenge: sign.optional().describe("A sign that the app asks for another sign-in"),
  signOut: addressSchema.optional().describe("Visited after each case"),
  addresses: addresses
    .optional()
    .describe("What scenarios with more steps need; without it they are not run"),
  issuer: z.string().min(1).optional().describe("As it is set in the app; doctor compares it, exactly"),
  command: command.optional().describe("The harness starts and stops the app"),
  ...consentShape,
});

/** A partner's web application. */
export const appDefinition = appShape.superRefine((app, context) => {
  checkConsent(app, addressesOf(app), (path, message) =>
    context.addIssue({ code: "custom", path: [...path], message }),
  );
});

/** A web application as a target. */
export type AppDefinition = Readonly<z.output<typeof appDefinition>>;
/** How a program is started and stopped. */
export type CommandToStart = Readonly<z.output<typeof command>>;
/** Where an app says who is signed in. */
export type SignedInPlace = Readonly<z.output<typeof signedIn>>;
/** Something that a page may show. */
export type PageSign = Readonly<z.output<typeof signShape>>;
