import { NoSuch } from "@/components/shell/no-such";

export default function RunNotFound() {
  return (
    <NoSuch
      what="run"
      why="It does not exist, or its agent lies outside your part of the organisation."
      back={{ href: "/runs", label: "To the runs" }}
    />
  );
}
