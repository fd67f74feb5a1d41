"use client";
import { use } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useHydrated } from "@/components/ui/use-hydrated";
import { FormContext } from "./context";

/** The form's own button: shows that it is being sent. Until its page answers, the form cannot be sent, by Enter neither: the browser would send it without us. */
export function SubmitButton({
  variant = "primary",
  disabled = false,
  className,
  ...props
}: Omit<ButtonProps, "type" | "pending" | "asChild">) {
  const { pending } = use(FormContext);
  const hydrated = useHydrated();
  return (
    <Button
      type="submit"
      variant={variant}
      pending={pending}
      disabled={disabled || !hydrated}
      className={cn(!hydrated && !disabled && "disabled:opacity-100", className)}
      {...props}
    />
  );
}
