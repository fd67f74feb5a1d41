import { NoSuch } from "@/components/shell/no-such";

export default function ReportNotFound() {
  return (
    <NoSuch
      what="report"
      why="There is none of this address."
      back={{ href: "/autonomy/reports", label: "All reports" }}
    />
  );
}
