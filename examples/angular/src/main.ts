import { bootstrapApplication } from "@angular/platform-browser";
import { Taste } from "./taste";

bootstrapApplication(Taste);
