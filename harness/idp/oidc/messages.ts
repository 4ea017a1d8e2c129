import type { KoaContextWithOIDC, Provider } from "oidc-provider";
import { jsonText } from "../../emission/json-text.ts";
import { emitOidcMessage, type OidcMessage } from "../../emission/token/oidc-message.ts";
import { HarnessError } from "../../errors.ts";
import { answerErrors, type OidcErrorParts } from "./errors.ts";
import { explainAtOnce } from "./explain.ts";
import type { SignIn } from "./sign-ins.ts";

/** What decides how the messages of the protocol are changed. */
export type OidcMessageParts = OidcErrorParts;

function isJson(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

/** The message that each route answers with. */
const MESSAGES: Readonly<Record<string, OidcMessage>> = { token: "tokenResponse", userinfo: "userInfo" };

async function signInOf(
  { oidc }: KoaContextWithOIDC,
  { signIns }: OidcMessageParts,
): Promise<SignIn | undefined> {
  return await signIns.get(oidc.entities.Grant?.jti);
}

/** Changes the JSON that is about to be answered with; an error of the protocol stays what it is. */
async function changeBody(ctx: KoaContextWithOIDC, parts: OidcMessageParts): Promise<void> {
  const { body } = ctx;
  if (ctx.status !== 200 || !isJson(body)) return;
  const member = MESSAGES[ctx.oidc.route];
  const signIn = member && (await signInOf(ctx, parts));
  if (member === undefined || signIn === undefined) return;
  ctx.body = jsonText(emitOidcMessage(member, body, signIn.emission));
  parts.choices.handOut(signIn.choice, member);
}

function tellWhy(ctx: KoaContextWithOIDC, error: unknown): void {
  if (!(error instanceof HarnessError)) throw error;
  ctx.status = 500;
  ctx.body = { error: "server_error", error_description: error.message };
}

function isPlainName(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

/** Parameters of an answer: text goes out as it is, anything else as JSON. */
function parametersOf(message: unknown): Record<string, string> {
  const named = Object.entries(isJson(message) ? message : {}).filter(([, value]) => value !== undefined);
  const odd = named.find(([name]) => !isPlainName(name));
  if (odd !== undefined) {
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `${JSON.stringify(odd[0])} is no name of a parameter`,
      "Use letters, digits, underscores, dots and hyphens.",
    );
  }
  return Object.fromEntries(
    named.map(([name, value]) => [name, typeof value === "string" ? value : jsonText(value)]),
  );
}

/** Changes the parameters in place, as oidc-provider goes on with the same object; a signed answer has its own way. */
function changeAnswer(
  ctx: KoaContextWithOIDC,
  answer: Record<string, unknown>,
  parts: OidcMessageParts,
): void {
  const signIn = parts.signIns.ofRequest(ctx);
  if (signIn === undefined || ctx.oidc.responseMode?.includes("jwt") === true) return;
  const changed = parametersOf(emitOidcMessage("authorizationResponse", answer, signIn.emission));
  for (const name of Object.keys(answer)) delete answer[name];
  Object.assign(answer, changed);
  parts.choices.handOut(signIn.choice, "authorizationResponse");
}

/**
 * Makes oidc-provider answer as the emissions say: the authorization response and the answers of the token and UserInfo
 * endpoints as that of the sign-in they belong to.
 */
export function changeMessages(provider: Provider, parts: OidcMessageParts): void {
  const answerError = answerErrors(provider, parts);
  provider.on("authorization.success", (ctx, answer) => {
    if (answer !== undefined) explainAtOnce(() => changeAnswer(ctx, answer, parts));
  });
  provider.use<object, Pick<KoaContextWithOIDC, "oidc">>(async (ctx, next) => {
    await next();
    // Where there is nothing, oidc-provider does not get as far as making its context.
    if (!("oidc" in ctx)) return;
    try {
      if (!(await answerError(ctx))) await changeBody(ctx, parts);
    } catch (error) {
      tellWhy(ctx, error);
    }
  });
}
