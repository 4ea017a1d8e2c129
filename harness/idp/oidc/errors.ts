import { errors, type KoaContextWithOIDC, Provider } from "oidc-provider";
import { z } from "zod";
import { jsonText } from "../../emission/json-text.ts";
import type { Emission } from "../../emission/emission.ts";
import { emitOidcError, type HttpError, type OidcError } from "../../emission/token/oidc-error.ts";
import type { Choices } from "../choices.ts";
import { explainAtOnce } from "./explain.ts";
import { OIDC_CHANNELS, type SignIns } from "./sign-ins.ts";

/** What decides which requests are answered with an error. */
export interface OidcErrorParts {
  readonly signIns: SignIns;
  readonly choices: Pick<Choices, "handOut" | "preselected" | "get">;
}

/** An emission, and what it was chosen by. */
interface Chosen {
  readonly choice: string;
  readonly emission: Emission;
}

/** Errors of requests that belong to no sign-in yet. */
const BEFORE_SIGN_IN: Readonly<Record<string, OidcError>> = {
  device_authorization: "deviceAuthorizationError",
  pushed_authorization_request: "pushedAuthorizationError",
};

/** What the requests of nobody in particular follow, as documents do. */
function preselected({ choices }: OidcErrorParts): Chosen | undefined {
  const choice = choices.preselected(OIDC_CHANNELS);
  const emission = choices.get(choice);
  return emission && { choice, emission };
}

/** Answers with an error from now on, whatever the body says that is there. */
function answerWith(ctx: KoaContextWithOIDC, { status, headers, body }: HttpError): void {
  ctx.status = status;
  ctx.body = jsonText(body);
  ctx.type = "json";
  ctx.set(headers);
}

/** What stands for a grant: a code, a refresh token. */
const sourceSchema = z.looseObject({ clientId: z.string(), grantId: z.string().optional() });

/** Told to oidc-provider, which then issues nothing and leaves the code unused; the answer itself is written afterwards. */
class EmittedError extends errors.CustomOIDCProviderError {}

/**
 * Makes oidc-provider answer with the errors of emissions: the token endpoint once it has found the grant that it is asked
 * for, so that nothing is issued, the other endpoints in the place of what they would say.
 *
 * @returns what writes the error of a request whose answer is ready otherwise; false: it has none
 */
export function answerErrors(
  provider: Provider,
  parts: OidcErrorParts,
): (ctx: KoaContextWithOIDC) => Promise<boolean> {
  const { signIns, choices } = parts;
  const emitted = new WeakMap<object, HttpError>();

  const errorOf = (member: OidcError, chosen: Chosen | undefined): HttpError | undefined => {
    if (chosen === undefined) return undefined;
    const error = explainAtOnce(() => emitOidcError(member, chosen.emission));
    if (error !== undefined) choices.handOut(chosen.choice, member);
    return error;
  };

  const stopTokens = async (source: unknown): Promise<void> => {
    const { ctx } = Provider;
    const { clientId, grantId } = sourceSchema.safeParse(source).data ?? {};
    if (clientId === undefined || ctx?.oidc.route !== "token") return;
    if (clientId !== ctx.oidc.client?.clientId) return;
    const isRefresh = ctx.oidc.params?.["grant_type"] === "refresh_token";
    // A device asks before anybody has signed in for it.
    const chosen = grantId === undefined ? preselected(parts) : await signIns.current(grantId);
    const error = errorOf(isRefresh ? "refreshError" : "tokenError", chosen);
    if (error === undefined) return;
    emitted.set(ctx, error);
    throw new EmittedError("invalid_grant", "the emission answers with an error");
  };

  for (const model of [provider.AuthorizationCode, provider.RefreshToken, provider.DeviceCode]) {
    const find: unknown = Reflect.get(model, "find");
    if (typeof find !== "function") throw new TypeError("oidc-provider finds grants in another way");
    Object.assign(model, {
      find: async (...asked: unknown[]): Promise<unknown> => {
        const source: unknown = await Reflect.apply(find, model, asked);
        await stopTokens(source);
        return source;
      },
    });
  }

  return async (ctx) => {
    const { route, entities } = ctx.oidc;
    const member = BEFORE_SIGN_IN[route];
    const isGood = ctx.status >= 200 && ctx.status < 300;
    const error =
      emitted.get(ctx) ??
      (isGood && member !== undefined ? errorOf(member, preselected(parts)) : undefined) ??
      (isGood && route === "userinfo"
        ? errorOf("userInfoError", await signIns.current(entities.Grant?.jti))
        : undefined);
    if (error === undefined) return false;
    answerWith(ctx, error);
    return true;
  };
}
