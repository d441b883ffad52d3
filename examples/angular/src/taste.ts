import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from "@angular/core";
import "fewclicks/dist/few-clicks.js";
import type { Recommendation } from "fewclicks/element";

@Component({
  selector: "app-taste",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <few-clicks [bundle]="'/bundle'" [messages]="messages" (recommend)="show($event)">
      <fieldset slot="fallback"><label>A film you like <input name="favourite"></label></fieldset>
    </few-clicks>
    <h2>For you</h2>
    <ol id="list">
      @for (row of recommendations(); track row.item.id) { <li>{{ row.item.title }}</li> }
    </ol>
  `,
})
export class Taste {
  readonly messages = { heading: "What have you seen?" };
  readonly recommendations = signal<Recommendation[]>([]);

  show(event: Event) {
    this.recommendations.set((event as CustomEvent<{ recommendations: Recommendation[] }>).detail.recommendations);
  }
}
