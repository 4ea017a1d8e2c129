import type { RedirectedMessage, SamlResponse } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import type { Obstacle, Reading } from "./reading.ts";
import { readSamlResponse } from "./saml-response.ts";

const FORBIDDEN: Obstacle = {
  kind: "binding-forbidden",
  at: "/samlp:Response",
  message: "the response came by the HTTP-Redirect binding; a response to a sign-in must come by HTTP-POST",
};

/** Reads a response, and says of one that came by the Redirect binding that it must not. */
export async function readPostedOrRedirected(
  message: string | Uint8Array | RedirectedMessage,
  policy: Policy,
): Promise<Reading<SamlResponse>> {
  if (typeof message === "string" || message instanceof Uint8Array) {
    return await readSamlResponse(message, policy);
  }
  const reading = await readSamlResponse(message.xml, policy);
  return { ...reading, obstacles: [...reading.obstacles, FORBIDDEN] };
}
