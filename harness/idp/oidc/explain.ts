import { errors } from "oidc-provider";
import { HarnessError } from "../../errors.ts";

function asProtocolError(error: unknown): unknown {
  return error instanceof HarnessError
    ? new errors.CustomOIDCProviderError("server_error", error.message)
    : error;
}

/** An emission that cannot be made is told to the relying party, so that the person sees why. */
export async function explain<Value>(emitting: Promise<Value>): Promise<Value> {
  try {
    return await emitting;
  } catch (error) {
    throw asProtocolError(error);
  }
}

/** The same for what is emitted at once. */
export function explainAtOnce<Value>(emit: () => Value): Value {
  try {
    return emit();
  } catch (error) {
    throw asProtocolError(error);
  }
}
