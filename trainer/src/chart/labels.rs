//! Labels of points that are close to each other: near their points, without overlaps.

use super::frame::Frame;

/// Height of a line of text and mean width of a letter, in the drawing's units.
const LINE: f64 = 15.0;
const LETTER: f64 = 6.6;

/// Rounds of moving one label after the other.
const ROUNDS: usize = 8;

/// The position of a label.
#[derive(Clone, Copy)]
pub struct Label {
    pub x: f64,
    pub y: f64,
    /// Whether it ends at `x` rather than begins there.
    pub left: bool,
    /// Whether it needs a line to its point.
    pub far: bool,
}

/// Left, top, right and bottom edge.
type Extent = [f64; 4];

/// Start and end: x, y, x, y.
type Line = [f64; 4];

impl Label {
    fn extent(&self, letters: usize) -> Extent {
        let width = letters as f64 * LETTER;
        let start = if self.left { self.x - width } else { self.x };
        [start - 3.0, self.y - LINE * 0.8, start + width + 3.0, self.y + LINE * 0.2]
    }

    /// Return the line from its point to the label.
    pub fn leader(&self, (x, y): (f64, f64)) -> Line {
        [x, y, self.x, self.y - 4.5]
    }
}

/// Place the labels of `points`; `letters` are the lengths of their names.
pub fn labels(frame: &Frame, points: &[(f64, f64)], letters: &[usize]) -> Vec<Label> {
    let mut labels: Vec<Label> = points.iter().map(|&point| around(point).next().unwrap_or(BESIDE)).collect();
    for _ in 0..ROUNDS {
        for i in 0..points.len() {
            let cost = |label: &Label| cost(frame, points, letters, &labels, i, label);
            labels[i] = around(points[i]).min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(BESIDE);
        }
    }
    labels
}

const BESIDE: Label = Label { x: 8.0, y: 4.5, left: false, far: false };

/// Iterate over candidate positions: to the right and left, higher and lower.
fn around((x, y): (f64, f64)) -> impl Iterator<Item = Label> {
    let heights = (0..=16).flat_map(|i| [f64::from(i), -f64::from(i)]).map(|i| i * LINE / 2.0);
    heights.flat_map(move |dy| {
        let beside = [8.0, 25.0, 45.0, 70.0].into_iter().flat_map(|dx| [(dx, false), (-dx, true)]);
        beside.map(move |(dx, left)| Label {
            x: x + dx,
            y: y + BESIDE.y + dy,
            left,
            far: dy.abs() > LINE / 2.0 || dx.abs() > BESIDE.x,
        })
    })
}

/// Compute the cost of a position for the label of point `i`: overlaps cost most, then lines across labels, then
/// distance.
fn cost(frame: &Frame, points: &[(f64, f64)], letters: &[usize], labels: &[Label], i: usize, label: &Label) -> f64 {
    let (extent, leader) = (label.extent(letters[i]), label.leader(points[i]));
    let mut cost = (leader[3] - leader[1]).abs() + (leader[2] - leader[0]).abs() + 100.0 * outside(frame, &extent);
    for (j, (&(x, y), other)) in points.iter().zip(labels).enumerate() {
        let point = [x - 5.0, y - 5.0, x + 5.0, y + 5.0];
        cost += 10.0 * overlap(&extent, &point);
        if i == j {
            continue;
        }
        let (other_extent, other_leader) = (other.extent(letters[j]), other.leader((x, y)));
        cost += 20.0 * overlap(&extent, &other_extent);
        let crossings = [
            label.far && crosses(&leader, &other_extent),
            label.far && crosses(&leader, &point),
            other.far && crosses(&other_leader, &extent),
            label.far && other.far && cross(&leader, &other_leader),
        ];
        cost += 60.0 * crossings.into_iter().filter(|&crossing| crossing).count() as f64;
    }
    cost
}

fn overlap(a: &Extent, b: &Extent) -> f64 {
    let along = |low: usize, high: usize| (a[high].min(b[high]) - a[low].max(b[low])).max(0.0);
    along(0, 2) * along(1, 3)
}

/// Return how far a label extends beyond the plot.
fn outside(frame: &Frame, extent: &Extent) -> f64 {
    let [left, top, right, bottom] = frame.edges();
    let over = [left - extent[0], top - extent[1], extent[2] - right, extent[3] - bottom];
    over.into_iter().map(|over| over.max(0.0)).sum()
}

/// Return whether a line crosses a rectangle.
fn crosses(line: &Line, &[left, top, right, bottom]: &Extent) -> bool {
    cross(line, &[left, top, right, bottom]) || cross(line, &[left, bottom, right, top])
}

/// Return whether two lines cross.
fn cross(a: &Line, b: &Line) -> bool {
    let side = |line: &Line, x: f64, y: f64| (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0]);
    let apart = |line: &Line, other: &Line| side(line, other[0], other[1]) * side(line, other[2], other[3]) < 0.0;
    apart(a, b) && apart(b, a)
}

#[cfg(test)]
mod tests {
    use super::super::axis::Axis;
    use super::*;

    #[test]
    fn names_of_near_points_keep_clear_of_each_other() {
        let axis = || Axis::linear("", 0.0, 10.0, |x| x.to_string());
        let frame = Frame { width: 860.0, height: 520.0, x: axis(), y: axis() };
        let points: Vec<(f64, f64)> =
            (0..20).map(|i| (600.0 + f64::from(i % 4) * 15.0, 200.0 + f64::from(i) * 4.0)).collect();
        let labels = labels(&frame, &points, &[21; 20]);
        let extents: Vec<Extent> = labels.iter().map(|label| label.extent(21)).collect();
        for (i, a) in extents.iter().enumerate() {
            assert_eq!(outside(&frame, a), 0.0);
            assert!(extents[..i].iter().all(|b| overlap(a, b) == 0.0), "name {i} lies on another");
        }
    }

    #[test]
    fn a_line_through_a_rectangle_crosses_it() {
        let rectangle = [0.0, 0.0, 10.0, 4.0];
        assert!(crosses(&[-5.0, -5.0, 5.0, 10.0], &rectangle));
        assert!(!crosses(&[-5.0, -5.0, -1.0, 10.0], &rectangle));
    }
}
