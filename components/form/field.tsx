"use client";
import { CircleAlert } from "lucide-react";
import { type ReactNode, use, useId } from "react";
import { cn } from "@/components/ui/cn";
import { Label } from "@/components/ui/label";
import { FormContext } from "./context";

/** What the field's control must carry, so that label, hint and error are read with it. */
interface ControlProps {
  id: string;
  name: string;
  required: boolean;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  "data-field": string;
}

export interface FieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  /** Label and control side by side: for a checkbox or switch. */
  inline?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control with its hint and error: `<Field name="slug" label="Slug">{(control) => <Input {...control} />}</Field>`. */
export function Field({ name, label, hint, required = false, inline = false, className, children }: FieldProps) {
  const id = useId();
  const error = use(FormContext).errorOf(name);
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const errorId = error === undefined ? undefined : `${id}-error`;
  const describedBy = [errorId, hintId].filter((each) => each !== undefined).join(" ");
  const control = children({
    id,
    name,
    required,
    "aria-describedby": describedBy === "" ? undefined : describedBy,
    "aria-invalid": error === undefined ? undefined : true,
    "data-field": name,
  });
  const title = (
    <Label htmlFor={id} className={cn(inline && "leading-4")}>
      {label}
      {!required && !inline && (
        <>
          {/* A space, so that it is two words when it is read out. */}{" "}
          <span className="ml-0.5 font-normal text-muted">optional</span>
        </>
      )}
    </Label>
  );
  const help = (
    <>
      {hint !== undefined && (
        <p id={hintId} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={errorId} className="flex items-start gap-1 text-xs text-deny-text">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
          {error}
        </p>
      )}
    </>
  );
  if (inline) {
    return (
      <div className={cn("flex items-start gap-2.5", className)}>
        {control}
        <div className="flex min-w-0 flex-col gap-1">
          {title}
          {help}
        </div>
      </div>
    );
  }
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      {title}
      {control}
      {help}
    </div>
  );
}
