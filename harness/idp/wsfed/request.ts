import { z } from "zod";
import { isOnThisMachine } from "../answer-address.ts";
import { isXmlText } from "../../emission/xml/xml.ts";
import type { WsFedRealm } from "./registration.ts";
import type { SignInHint } from "../pages/sign-in-page.ts";
import { RequestRefusal } from "../refusal.ts";
import { demandHints, type WsFedDemands } from "./demands.ts";

/** A sign-in request that will be answered: what was asked, where the answer goes, and what the page carries along. */
export interface WsFedRequest {
  readonly realm: string;
  readonly replyTo: string;
  /** Exactly as received; undefined: none was. */
  readonly context: string | undefined;
  readonly demands: WsFedDemands;
  /** Who is to sign in, if the request names somebody. */
  readonly user: string | undefined;
  /** What else was asked for, to be shown; what is said is up to the emission alone. */
  readonly hints: readonly SignInHint[];
  /** Hidden fields of the sign-in page: the request again, as it came. */
  readonly state: Readonly<Record<string, string>>;
}

const SIGN_IN = "wsignin1.0";

/** Everything that is read of a request, WS-Federation 1.2 §13.2.1 and §13.2.2, and whom Entra names; the rest is ignored. */
const requestSchema = z.object({
  wa: z.literal(SIGN_IN),
  wtrealm: z.string().min(1).refine(isXmlText),
  wctx: z.string().optional(),
  wreply: z.string().optional(),
  wauth: z.string().optional(),
  wfresh: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  whr: z.string().optional(),
  username: z.string().optional(),
});

/** Parameters that are shown on the sign-in page. */
const SHOWN = ["wauth", "wfresh", "whr", "wreply", "username"] as const;

function read<Fields>(schema: z.ZodType<Fields>, input: unknown): Fields {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join(".") || "form");
  throw new RequestRefusal(`The request lacks a usable ${names.join(" and ")}`);
}

function replyAddress(realm: string, wreply: string | undefined, registered: readonly WsFedRealm[]): string {
  const known = registered.find((one) => one.realm === realm);
  if (known !== undefined) {
    if (wreply === undefined) return known.replyUrls[0];
    if (known.replyUrls.includes(wreply)) return wreply;
    throw new RequestRefusal(`${realm} has not registered ${wreply}`);
  }
  const asked = wreply ?? realm;
  if (isOnThisMachine(asked)) return asked;
  throw new RequestRefusal(`${realm} is not registered, and ${asked} is not a web address of this machine`);
}

function hint(name: string, value: string | undefined): readonly SignInHint[] {
  return value === undefined ? [] : [{ name, value }];
}

/**
 * Reads a sign-in request of a passive requestor.
 *
 * @param input query or form as the web framework parsed it
 * @throws RequestRefusal when it gets no answer
 * @see WS-Federation 1.2 §13.2.2
 */
export function readWsFedRequest(input: unknown, registered: readonly WsFedRealm[]): WsFedRequest {
  const parameters = read(requestSchema, input);
  const { wtrealm: realm, wctx: context, wreply, wauth: method, wfresh } = parameters;
  const demands = { method, maxAgeMinutes: wfresh === undefined ? undefined : Number(wfresh) };
  const sent = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    realm,
    replyTo: replyAddress(realm, wreply, registered),
    context,
    demands,
    user: parameters.username?.trim() === "" ? undefined : parameters.username,
    hints: [...SHOWN.flatMap((name) => hint(name, parameters[name])), ...demandHints(demands)],
    state: Object.fromEntries(sent),
  };
}
