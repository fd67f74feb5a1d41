/** A CEL condition, compiled and guarded. */
export interface Condition {
  readonly text: string;
}

/** A rule in force, ready to be evaluated. */
export interface CompiledRule {
  readonly policy: string;
  readonly version: number;
  readonly rule: string;
}
