"use client";
import { use } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { FormContext } from "./context";

/** The form's own button: shows that it is being sent. */
export function SubmitButton({ variant = "primary", ...props }: Omit<ButtonProps, "type" | "pending" | "asChild">) {
  const { pending } = use(FormContext);
  return <Button type="submit" variant={variant} pending={pending} {...props} />;
}
