import type { JsonObject } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { ALGORITHMS } from "./jwt-algorithms.ts";
import type { CompactJws } from "./jwt-compact.ts";
import type { Obstacle } from "./reading.ts";

/**
 * Everything in the header (and the lack of a signature) that forbids to go on. Keys and key addresses in the
 * header (`jwk`, `jku`, `x5u`, `x5c`) are neither trusted nor fetched nor a fault by themselves: they are not read.
 *
 * @see RFC 8725 §3.1, §3.10
 */
export function headerObstacles(jws: CompactJws, header: JsonObject, policy: Policy): readonly Obstacle[] {
  return [
    algorithmObstacle(header.alg, policy),
    signatureObstacle(jws, header.alg),
    extensionObstacle(header, "crit"),
    extensionObstacle(header, "b64"),
    keyIdObstacle(header),
  ].filter((obstacle) => obstacle !== undefined);
}

function isNone(alg: unknown): boolean {
  return typeof alg === "string" && alg.trim().toLowerCase() === "none";
}

function algorithmObstacle(alg: unknown, policy: Policy): Obstacle | undefined {
  if (isNone(alg)) return undefined; // the missing signature speaks instead
  if (typeof alg === "string" && policy.algorithms.includes(alg) && ALGORITHMS.has(alg)) return undefined;
  const message = `alg is ${quote(alg)}; it must be one of ${policy.algorithms.join(", ")}`;
  return { kind: "algorithm-forbidden", at: "/header/alg", message };
}

function signatureObstacle(jws: CompactJws, alg: unknown): Obstacle | undefined {
  if (isNone(alg)) {
    return {
      kind: "signature-missing",
      at: "/header/alg",
      message: `alg is ${quote(alg)}: the token is unsigned`,
    };
  }
  if (jws.signature.length > 0) return undefined;
  return { kind: "signature-missing", at: "/signature", message: "the signature segment is empty" };
}

function extensionObstacle(header: JsonObject, name: "crit" | "b64"): Obstacle | undefined {
  if (!Object.hasOwn(header, name)) return undefined;
  const message = `${name} is ${quote(header[name])}; no such extension is understood here`;
  return { kind: "header-forbidden", at: `/header/${name}`, message };
}

function keyIdObstacle(header: JsonObject): Obstacle | undefined {
  const kid = header.kid;
  if (kid === undefined || typeof kid === "string") return undefined;
  return {
    kind: "header-forbidden",
    at: "/header/kid",
    message: `kid is ${quote(kid)}; it must be a string`,
  };
}
