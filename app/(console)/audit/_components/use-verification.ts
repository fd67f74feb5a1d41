"use client";
import { useCallback, useEffect, useRef, useState } from "react";

import { verifyMessage, type VerifyMessage } from "@/app/(console)/audit/verify/messages";

export type VerificationState = { type: "idle" } | VerifyMessage;

const failed = (message: string): VerifyMessage => ({ type: "failed", message });
const NOT_REACHED = "The server could not be reached. Try again.";
const MESSAGES: Record<number, string> = {
  401: "Your session has ended. Sign in again.",
  404: "You do not have the role that this needs.",
  409: "Somebody is verifying right now. Their result will show here.",
};

/** Runs the verification on the server and follows it; leaving the page stops it. */
export function useVerification(): { state: VerificationState; start: () => void } {
  const [state, setState] = useState<VerificationState>({ type: "idle" });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(() => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState({ type: "progress", records: 0, total: 0, streams: 0, streamsDone: 0 });
    void follow(control.signal, (message) => {
      if (!control.signal.aborted) setState(message);
    });
  }, []);
  return { state, start };
}

async function follow(signal: AbortSignal, tell: (message: VerifyMessage) => void): Promise<void> {
  try {
    const response = await fetch("/audit/verify", { method: "POST", signal });
    if (!response.ok || response.body === null) return tell(failed(MESSAGES[response.status] ?? NOT_REACHED));
    let ended = false;
    for await (const line of lines(response.body)) {
      const message = verifyMessage.parse(JSON.parse(line));
      ended = message.type !== "progress";
      tell(message);
    }
    if (!ended) tell(failed(NOT_REACHED));
  } catch {
    if (!signal.aborted) tell(failed(NOT_REACHED));
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}
