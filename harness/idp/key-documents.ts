import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { KEY_NAMES, type KeyName } from "../emission/keys/key-names.ts";
import { type EmissionKey, publicJwk } from "../emission/keys/keys.ts";
import { selfSignedCertificate } from "../emission/keys/certificate.ts";
import { endpoint } from "./endpoint.ts";
import type { IdpParts } from "./parts.ts";

function isKeyName(name: string): name is KeyName {
  return KEY_NAMES.some((known) => known === name);
}

/** The keys of a list of names; undefined when there is one that is no key's. */
async function keysOf(request: Request, { keys }: IdpParts): Promise<readonly EmissionKey[] | undefined> {
  const { names } = request.params;
  const asked = (typeof names === "string" ? names : "").split(",");
  const known = asked.filter(isKeyName);
  return known.length === asked.length ? await Promise.all(known.map((name) => keys[name]())) : undefined;
}

type Answer = (response: Response, found: readonly EmissionKey[]) => void;

/**
 * Makes the routes that show keys to whoever follows `jku` or `x5u` of a token: no reader may, and the journal tells who
 * did. `/keys/stranger,published/jwks.json` is a set of two, in this order.
 */
export function keyDocuments(parts: IdpParts): Router {
  const documents: Readonly<Record<string, Answer>> = {
    "jwks.json": (response, found) => void response.json({ keys: found.map(publicJwk) }),
    "certificate.pem": (response, found) => {
      const chain = found.map((key) =>
        selfSignedCertificate(key, "mfa-harness mock IdP", parts.certifiedAt()),
      );
      response.type("application/x-pem-file").send(chain.join(""));
    },
  };
  const router = express.Router();
  for (const [name, answer] of Object.entries(documents)) router.get(`/:names/${name}`, show(answer, parts));
  return router;
}

function show(answer: Answer, parts: IdpParts): RequestHandler {
  return endpoint(async (request, response) => {
    const found = await keysOf(request, parts);
    if (found === undefined) response.status(404).json({ error: "there are no such keys" });
    else answer(response, found);
  });
}
