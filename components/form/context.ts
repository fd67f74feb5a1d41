"use client";
import { createContext } from "react";

interface FormStatus {
  pending: boolean;
  /** The message for a field, from the browser's own checks or from the server. */
  errorOf: (field: string) => string | undefined;
}

export const FormContext = createContext<FormStatus>({ pending: false, errorOf: () => undefined });
