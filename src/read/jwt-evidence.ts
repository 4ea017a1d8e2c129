import type { JsonObject, Token } from "../artifact.ts";
import type { Evidence, Statement } from "../evidence.ts";

/** What a token says about the sign-in, before any judgement. */
export function tokenEvidence({ claims }: Token): Evidence {
  return {
    issuer: text(claims.iss),
    subject: text(claims.sub),
    audiences: texts(claims.aud),
    issuedAt: time(claims.iat),
    expiresAt: time(claims.exp),
    authenticatedAt: time(claims.auth_time),
    statements: [...statement(claims, "amr"), ...statement(claims, "acr")],
  };
}

function statement(claims: JsonObject, name: "amr" | "acr"): readonly Statement[] {
  if (!Object.hasOwn(claims, name)) return [];
  return [{ kind: name, at: `/claims/${name}`, name, value: claims[name] }];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === "string");
}

function time(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
