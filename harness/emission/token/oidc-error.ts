import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import type { Emission } from "../emission.ts";
import type { HttpErrorModel } from "../model.ts";
import { patched } from "../patch.ts";

/** The error that each endpoint of OpenID Connect answers with when an emission says no more. */
const BASELINES = {
  tokenError: { status: 400, headers: {}, body: { error: "invalid_grant" } },
  refreshError: { status: 400, headers: {}, body: { error: "invalid_grant" } },
  userInfoError: {
    status: 401,
    headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' },
    body: { error: "invalid_token" },
  },
  deviceAuthorizationError: { status: 400, headers: {}, body: { error: "invalid_request" } },
  pushedAuthorizationError: { status: 400, headers: {}, body: { error: "invalid_request" } },
} as const satisfies Readonly<Record<string, HttpErrorModel>>;

/** An error that an emission can answer with in the place of what was asked for. */
export type OidcError = keyof typeof BASELINES;

const answerSchema = z.strictObject({
  status: z.int("expected a whole number").min(200).max(599),
  headers: z.record(
    z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "expected the name of a header"),
    z.string().regex(/^[\t\x20-\x7E]*$/, "expected text of one line"),
  ),
  body: z.unknown(),
});

/** An answer as it goes out; the body is JSON, or text of its own. */
export type HttpError = z.output<typeof answerSchema>;

/**
 * Makes the error that an emission answers a request with.
 *
 * @returns undefined when it has none for it: no patch is about it, or one takes it away
 * @throws HarnessError when a patch does not fit
 */
export function emitOidcError(member: OidcError, { patch }: Emission): HttpError | undefined {
  if (!patch.some(({ path }) => path.split("/")[1] === member)) return undefined;
  const answer = patched(member, structuredClone<HttpErrorModel>(BASELINES[member]), patch);
  if (answer === undefined) return undefined;
  const { data, error } = answerSchema.safeParse(answer);
  if (data !== undefined) return data;
  const problems = error.issues.map(({ path, message }) => `/${[member, ...path].join("/")}: ${message}`);
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `After the patches this is no answer of an endpoint: ${problems.join("; ")}`,
    "Give it a status from 200 to 599, headers as names with texts, and a body.",
  );
}
