/** Error codes that the provider posts back (RFC 6749 §4.1.2.1; Entra's EAM provider reference). */
export type EamErrorCode =
  | "access_denied"
  | "invalid_request"
  | "invalid_scope"
  | "temporarily_unavailable"
  | "unsupported_response_type";

/** A request that is answered with an error, because its redirect URI can be trusted. */
export class EamFailure extends Error {
  readonly code: EamErrorCode;

  constructor(code: EamErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EamFailure";
    this.code = code;
  }
}
