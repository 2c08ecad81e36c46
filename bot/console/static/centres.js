// The maps of the centres. What they show is in the list and in the fields, too.
"use strict";

(() => {
  const COUNTRY = [[40.6, 46.5], [55.4, 87.3]];
  const TOGETHER = 36; // pixels: marks closer than this become one

  function begin(box) {
    const map = L.map(box, {
      zoomControl: false, attributionControl: Boolean(box.dataset.tiles), minZoom: 3, maxZoom: 18, zoomSnap: 0.5,
      worldCopyJump: true, scrollWheelZoom: false,
    });
    L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
    if (box.dataset.tiles) {
      map.attributionControl.setPrefix(false);
      // The credit is the operator's own words; as text, so that nothing in it is a tag.
      const credit = document.createElement("span");
      credit.textContent = box.dataset.credit;
      L.tileLayer(box.dataset.tiles, { maxZoom: 18, attribution: credit.innerHTML }).addTo(map);
    }
    map.fitBounds(COUNTRY);
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
    return map;
  }

  function showCities(map, cities, withTiles) {
    if (withTiles) return; // the pictures have names
    const labels = [];
    for (const city of [...cities].sort((one, other) => other.main - one.main)) {
      const style = { radius: city.main ? 3.5 : 2.5, fillOpacity: 1, className: "city-dot", interactive: false };
      const dot = L.circleMarker([city.latitude, city.longitude], style).addTo(map);
      const offset = [city.main ? 14 : 2, 0];
      dot.bindTooltip(escape(city.name), { permanent: true, direction: "right", offset, className: "city-label" });
      labels.push(dot.getTooltip());
    }
    const part = () => { // the name of a city with a centre goes before one that would lie on it
      const shown = [];
      for (const label of labels) {
        const own = label.getElement().getBoundingClientRect();
        const free = shown.every((one) => own.right < one.left || one.right < own.left || own.bottom < one.top || one.bottom < own.top);
        label.getElement().classList.toggle("covered", !free);
        if (free) shown.push(own);
      }
    };
    map.on("zoomend", part);
    part();
  }

  function escape(text) {
    const node = document.createElement("span");
    node.textContent = text;
    return node.innerHTML;
  }

  function listOf(box, spots) {
    const list = document.createElement("ul");
    for (const spot of spots) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = spot.address;
      link.textContent = spot.name;
      const about = [spot.kind];
      if (spot.approximate) about.push(box.dataset.approximate);
      if (spot.hidden) about.push(box.dataset.hidden);
      item.append(link, ` (${about.join(", ")})`);
      list.append(item);
    }
    return list;
  }

  function mark(box, spots, place) {
    const kind = spots.every((spot) => spot.hidden) ? " hidden" : spots.every((spot) => spot.approximate) ? " approximate" : "";
    const side = spots.length > 9 ? 34 : spots.length > 1 ? 30 : 24;
    const label = spots.length > 1 ? box.dataset.several.replace("{n}", spots.length) : spots[0].name;
    const made = L.marker(place, {
      keyboard: true, riseOnHover: true, title: label,
      icon: L.divIcon({ className: `spot${kind}`, iconSize: [side, side], html: spots.length > 1 ? String(spots.length) : "" }),
    });
    made.bindPopup(listOf(box, spots), { maxWidth: 280 });
    made.on("add", () => made.getElement().setAttribute("aria-label", label));
    made.on("popupopen", (event) => {
      const close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", box.dataset.close);
      event.popup.getElement().querySelector("a[href^='/']").focus({ preventScroll: true });
    });
    made.on("popupclose", () => { if (made.getElement()) made.getElement().focus({ preventScroll: true }); });
    return made;
  }

  function group(map, spots) {
    const groups = [];
    for (const spot of spots) {
      const point = map.project([spot.latitude, spot.longitude]);
      const found = groups.find((one) => one.point.distanceTo(point) < TOGETHER);
      if (found) found.spots.push(spot);
      else groups.push({ point, spots: [spot] });
    }
    return groups;
  }

  async function points(box) {
    if (box.dataset.begun) return;
    box.dataset.begun = "1";
    const answer = await fetch(box.dataset.points, { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const found = await answer.json();
    const map = begin(box), layer = L.layerGroup().addTo(map);
    showCities(map, found.cities, box.dataset.tiles);
    const draw = () => {
      layer.clearLayers();
      for (const one of group(map, found.centres)) {
        mark(box, one.spots, [one.spots[0].latitude, one.spots[0].longitude]).addTo(layer);
      }
    };
    map.on("zoomend", draw);
    draw();
    box.dataset.drawn = found.centres.length;
  }

  async function pick(box) {
    if (box.dataset.begun) return;
    box.dataset.begun = "1";
    const north = document.getElementById("f-latitude"), east = document.getElementById("f-longitude");
    const map = begin(box);
    const here = L.marker([0, 0], {
      draggable: true, keyboard: true, title: box.dataset.here, icon: L.divIcon({ className: "spot picked", iconSize: [24, 24] }),
    });
    here.on("add", () => here.getElement().setAttribute("aria-label", box.dataset.here));
    const typed = () => {
      const place = [parseFloat(north.value.replace(",", ".")), parseFloat(east.value.replace(",", "."))];
      const good = place.every(Number.isFinite) && Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180;
      if (good) here.setLatLng(place).addTo(map); else here.remove();
      return good ? place : null;
    };
    const chosen = (place) => {
      const at = place.wrap();
      north.value = at.lat.toFixed(5);
      east.value = at.lng.toFixed(5);
      here.setLatLng(at).addTo(map);
      document.getElementById("f-approximate").checked = false;
      north.dispatchEvent(new Event("input", { bubbles: true }));
    };
    map.on("click", (event) => chosen(event.latlng));
    here.on("dragend", () => chosen(here.getLatLng()));
    for (const field of [north, east]) field.addEventListener("input", typed);
    const place = typed();
    // Without pictures of streets only the names of the cities say where it is.
    const near = box.dataset.tiles && !document.getElementById("f-approximate").checked;
    if (place) map.setView(place, near ? 15 : 9);
    box.dataset.drawn = "1";
    const answer = await fetch(box.dataset.pick, { headers: { accept: "application/json" } });
    if (answer.ok) showCities(map, (await answer.json()).cities, box.dataset.tiles);
  }

  function all() {
    document.querySelectorAll(".map[data-points]").forEach(points);
    document.querySelectorAll(".map[data-pick]").forEach(pick);
  }
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:after:swap", all);
})();
