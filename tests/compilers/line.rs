// SPDX-License-Identifier: Apache-2.0

//! line.cpp in Rust, with the same arithmetic in the same order: see there.

mod steppe_abi;
mod support;

use std::ffi::CStr;
use std::mem::size_of;
use std::os::raw::{c_char, c_void};
use std::ptr;
use steppe_abi::*;
use support::*;

struct Line {
    n: f64,
    t_mean: f64,
    y_mean: f64,
    slope: f64,
    sxx: f64,
    deviation: f64,
    residual: f64,
    total: f64,
}

impl Line {
    fn fit(t: &[f64], y: &[f64]) -> Result<Line, Failure> {
        if let Some(row) = y.iter().position(|value| !value.is_finite()) {
            let place = format!("row {}", row + 1);
            return failure_at(STEPPE_INVALID_DATA, place, "the value is missing or not finite");
        }
        if y.len() < 3 {
            let message = format!("{} observations; a line needs 3", y.len());
            return failure(STEPPE_INSUFFICIENT_DATA, message);
        }
        let n = y.len() as f64;
        let (mut t_mean, mut y_mean) = (0.0, 0.0);
        for i in 0..y.len() {
            t_mean += t[i];
            y_mean += y[i];
        }
        t_mean /= n;
        y_mean /= n;
        let (mut sxx, mut sxy) = (0.0, 0.0);
        for i in 0..y.len() {
            sxx += (t[i] - t_mean) * (t[i] - t_mean);
            sxy += (t[i] - t_mean) * (y[i] - y_mean);
        }
        let slope = sxy / sxx;
        let mut line =
            Line { n, t_mean, y_mean, slope, sxx, deviation: 0.0, residual: 0.0, total: 0.0 };
        let mut sse = 0.0;
        for i in 0..y.len() {
            let residual = y[i] - line.mean(t[i]);
            sse += residual * residual;
        }
        line.deviation = (sse / (n - 2.0)).sqrt();
        if !sse.is_finite() {
            let message = "the variance leaves the range of double; change the unit";
            return failure(STEPPE_DOMAIN_ERROR, message);
        }
        line.add_sums(t, y);
        Ok(line)
    }

    /// The sums that the C++ layer forms for the statistics.
    fn add_sums(&mut self, t: &[f64], y: &[f64]) {
        let mut mean = 0.0;
        for (i, value) in y.iter().enumerate() {
            mean += (value - mean) / (i + 1) as f64;
        }
        for (time, value) in t.iter().zip(y) {
            let residual = value - self.mean(*time);
            self.residual += residual * residual;
            self.total += (value - mean) * (value - mean);
        }
    }

    fn mean(&self, t: f64) -> f64 {
        self.y_mean + self.slope * (t - self.t_mean)
    }

    fn error(&self, t: f64) -> f64 {
        let distance = (t - self.t_mean) * (t - self.t_mean) / self.sxx;
        self.deviation * (1.0 + 1.0 / self.n + distance).sqrt()
    }

    fn quantile(&self, t: f64, p: f64) -> f64 {
        if p < 0.5 {
            self.mean(t) - self.error(t) * ((1.0 - p) / p).sqrt()
        } else if p > 0.5 {
            self.mean(t) + self.error(t) * (p / (1.0 - p)).sqrt()
        } else {
            self.mean(t)
        }
    }

    /// As the C++ layer computes them, with two parameters.
    fn statistic(&self, name: &str) -> f64 {
        let (n, k, q) = (self.n, 2.0, 3.0);
        let r_squared = if self.total > 0.0 { 1.0 - self.residual / self.total } else { f64::NAN };
        let log_term = n * (self.residual / n).ln();
        match name {
            "r_squared_fit_scale" | "r_squared_original_scale" => r_squared,
            "adjusted_r_squared_fit_scale" => 1.0 - (1.0 - r_squared) * (n - 1.0) / (n - k),
            "bic" if self.residual > 0.0 => log_term + q * n.ln(),
            "aicc" if self.residual > 0.0 && n > q + 1.0 => {
                log_term + 2.0 * q + 2.0 * q * (q + 1.0) / (n - q - 1.0)
            }
            _ => f64::NAN,
        }
    }
}

struct BlockFit {
    time: Vec<f64>,
    lines: Vec<Result<Line, Failure>>,
}

unsafe fn fit_of<'a>(fit: *const c_void) -> &'a BlockFit {
    &*(fit as *const BlockFit)
}

unsafe extern "C" fn fit(
    _instance: *const c_void,
    block: *const steppe_trend_block,
    host: *const steppe_host,
    fit: *mut *mut c_void,
    statuses: *mut steppe_status,
    error: *mut steppe_error,
) -> steppe_status {
    *fit = ptr::null_mut();
    guarded(error, || {
        let (t, y) = (&*(*block).time, &*(*block).values);
        if t.length != y.rows {
            return failure(STEPPE_INTERNAL, "the block has not as many times as rows");
        }
        let mut time = zeros(y.rows as usize)?;
        for (i, value) in time.iter_mut().enumerate() {
            *value = vector_at(t, i);
        }
        let mut lines = with_room(y.columns as usize)?;
        let mut column = zeros(y.rows as usize)?;
        for s in 0..y.columns as usize {
            if s % 64 == 0 {
                check_cancelled(host)?;
            }
            for (i, value) in column.iter_mut().enumerate() {
                *value = if is_present(y, i, s) { matrix_at(y, i, s) } else { f64::NAN };
            }
            let line = Line::fit(&time, &column);
            *statuses.add(s) = line.as_ref().map_or_else(|failure| failure.code, |_| STEPPE_OK);
            lines.push(line);
        }
        *fit = Box::into_raw(Box::new(BlockFit { time, lines })).cast();
        Ok(())
    })
}

unsafe extern "C" fn explain(fit: *const c_void, s: u64, error: *mut steppe_error) {
    guarded(error, || match &fit_of(fit).lines[s as usize] {
        Ok(_) => Ok(()),
        Err(failure) => Err(failure.clone()),
    });
}

unsafe extern "C" fn fitted(
    fit: *const c_void,
    out: *const steppe_output,
    error: *mut steppe_error,
) -> steppe_status {
    guarded(error, || {
        for (s, line) in fit_of(fit).lines.iter().enumerate() {
            for (i, t) in fit_of(fit).time.iter().enumerate() {
                put(out, i, s, line.as_ref().map_or(f64::NAN, |line| line.mean(*t)));
            }
        }
        Ok(())
    })
}

unsafe extern "C" fn statistics(
    fit: *const c_void,
    names: *const *const c_char,
    count: u64,
    out: *const steppe_output,
    error: *mut steppe_error,
) -> steppe_status {
    guarded(error, || {
        for i in 0..count as usize {
            let name = CStr::from_ptr(*names.add(i)).to_str().unwrap_or("");
            for (s, line) in fit_of(fit).lines.iter().enumerate() {
                put(out, i, s, line.as_ref().map_or(f64::NAN, |line| line.statistic(name)));
            }
        }
        Ok(())
    })
}

unsafe extern "C" fn predict(
    fit: *const c_void,
    request: *const steppe_trend_request,
    forecast: *const steppe_trend_forecast,
    host: *const steppe_host,
    error: *mut steppe_error,
) -> steppe_status {
    guarded(error, || {
        check_cancelled(host)?;
        let (time, out) = (&*(*request).time, &*forecast);
        let probabilities = &*(*request).probabilities;
        let times = time.length as usize;
        for (s, line) in fit_of(fit).lines.iter().enumerate() {
            let value = |of: &dyn Fn(&Line) -> f64| line.as_ref().map_or(f64::NAN, of);
            for h in 0..times {
                let t = vector_at(time, h);
                put(out.mean, h, s, value(&|line| line.mean(t)));
                put(out.standard_error, h, s, value(&|line| line.error(t)));
                for k in 0..probabilities.length as usize {
                    let p = vector_at(probabilities, k);
                    put(out.quantiles, k * times + h, s, value(&|line| line.quantile(t, p)));
                }
            }
        }
        Ok(())
    })
}

unsafe extern "C" fn report(
    fit: *const c_void,
    s: u64,
    sink: *const steppe_sink,
    error: *mut steppe_error,
) -> steppe_status {
    guarded(error, || {
        if let Ok(line) = &fit_of(fit).lines[s as usize] {
            let report = Report(&*sink);
            let mut undefined = false;
            for name in [
                "r_squared_fit_scale",
                "r_squared_original_scale",
                "adjusted_r_squared_fit_scale",
                "aicc",
                "bic",
            ] {
                report.scalar(name, line.statistic(name), "");
                undefined = undefined || line.statistic(name).is_nan();
            }
            report.scalar("observations", line.n, "observations");
            report.text("equation", "y = a + b t");
            let values = [line.y_mean - line.slope * line.t_mean, line.slope];
            report.table("parameters", &["estimate"], &["a", "b"], &values);
            report.scalar("residual_standard_error", line.deviation, "");
            if line.deviation == 0.0 {
                report.warning("exact_fit", "the observations lie on a line");
            }
            if undefined {
                report.warning("undefined_statistics", "R squared, AICc or BIC are undefined");
            }
        }
        Ok(())
    })
}

unsafe extern "C" fn destroy_fit(fit: *mut c_void) {
    if !fit.is_null() {
        drop(Box::from_raw(fit as *mut BlockFit));
    }
}

static TREND_MODEL: Static<steppe_trend_model> = Static(steppe_trend_model {
    struct_size: size_of::<steppe_trend_model>() as u32,
    reserved: 0,
    fit,
    explain,
    fitted,
    statistics,
    predict,
    report,
    destroy: destroy_fit,
});

unsafe extern "C" fn create(
    _component: *const steppe_component,
    _arguments: *const *const steppe_argument,
    _argument_count: u64,
    _host: *const steppe_host,
    instance: *mut *mut c_void,
    error: *mut steppe_error,
) -> steppe_status {
    *instance = ptr::null_mut();
    guarded(error, || {
        *instance = Box::into_raw(Box::new(0u8)).cast();
        Ok(())
    })
}

unsafe extern "C" fn destroy(instance: *mut c_void) {
    if !instance.is_null() {
        drop(Box::from_raw(instance as *mut u8));
    }
}

unsafe extern "C" fn query(_: *const steppe_component, capability: *const c_char) -> *const c_void {
    if asks_for(capability, STEPPE_TREND_MODEL) {
        return address_of(&TREND_MODEL);
    }
    ptr::null()
}

static TAG: [Static<steppe_tag>; 5] = [
    tag("intervals\0", 1),
    tag("handles_gaps\0", 1),
    tag("deterministic\0", 1),
    tag("concurrent_predict\0", 1),
    tag("minimum_observations\0", 3),
];
static TAGS: Static<[*const steppe_tag; 5]> =
    Static([&TAG[0].0, &TAG[1].0, &TAG[2].0, &TAG[3].0, &TAG[4].0]);
const ID: &str = concat!(env!("PLUGIN_ID"), "\0");

static COMPONENT: Static<steppe_component> = Static(steppe_component {
    struct_size: size_of::<steppe_component>() as u32,
    option_count: 0,
    tag_count: 5,
    reserved: 0,
    id: c_text(ID),
    version: c_text("1.0.0\0"),
    summary: c_text("A straight line\0"),
    options: ptr::null(),
    tags: &TAGS.0 as *const _ as *const *const steppe_tag,
    create,
    destroy,
    query,
});
static COMPONENTS: Static<[*const steppe_component; 1]> = Static([&COMPONENT.0]);
static PLUGIN: Static<steppe_plugin> = plugin_table(
    ID,
    "1.0.0\0",
    &COMPONENTS.0 as *const _ as *const *const steppe_component,
    1,
);

/// The one exported symbol.
///
/// # Safety
/// Called by the host, once, before anything else.
#[no_mangle]
pub unsafe extern "C" fn steppe_plugin_entry_v1(
    offer: *const steppe_offer,
    plugin: *mut *const steppe_plugin,
    error: *mut steppe_error,
) -> steppe_status {
    enter(offer, plugin, error, &PLUGIN)
}
