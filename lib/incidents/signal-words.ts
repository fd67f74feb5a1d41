import type { FailureRule, Severity } from "@/lib/incidents/views";

/** How much a rule's incident matters until a person says otherwise. */
export const SIGNAL_SEVERITY: Record<FailureRule, Severity> = { tool_errors: "medium", rejections: "high" };

export function signalTitle(rule: FailureRule, agent: string): string {
  switch (rule) {
    case "tool_errors":
      return `Tools keep failing for ${agent}`;
    case "rejections":
      return `People keep rejecting what ${agent} asks for`;
  }
}

export function signalWords(rule: FailureRule, count: number): string {
  switch (rule) {
    case "tool_errors":
      return `${count} tool errors in a row in one run.`;
    case "rejections":
      return `${count} of its requests were rejected within the window.`;
  }
}
