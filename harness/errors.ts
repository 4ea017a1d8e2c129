/** The closed set of ways in which the harness itself can fail. */
export type HarnessErrorCode =
  | "ERR_CONFIG_INVALID"
  | "ERR_SCENARIO_INVALID"
  | "ERR_FILE_UNREADABLE"
  | "ERR_KEYS_UNREADABLE"
  | "ERR_POLICY_INVALID"
  | "ERR_PORT_IN_USE"
  | "ERR_REDIS_UNREACHABLE"
  | "ERR_TARGET_UNREACHABLE"
  | "ERR_BROWSER_MISSING"
  | "ERR_REPORT_UNWRITABLE"
  | "ERR_RUN_UNREADABLE"
  | "ERR_ENVIRONMENT"
  | "ERR_USAGE";

/** Our own failure, never a target's or an artifact's: one sentence, a next step, no stack trace at the user. */
export class HarnessError extends Error {
  readonly code: HarnessErrorCode;
  /** The next step for the person who reads it. */
  readonly hint: string;

  constructor(code: HarnessErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "HarnessError";
    this.code = code;
    this.hint = hint;
  }
}
