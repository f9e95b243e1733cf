// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/matching.h"

#include <limits>

namespace rtlgen::datasets {
namespace {

constexpr std::size_t kFree = std::numeric_limits<std::size_t>::max();

/// Adds one row after the other by a shortest augmenting path over reduced costs.
class Matching {
public:
    explicit Matching(const std::vector<std::vector<double>>& cost)
        : cost_(cost),
          columns_(cost.empty() ? 0 : cost.front().size()),
          of_row_(cost.size(), 0.0),
          of_column_(columns_, 0.0),
          row_at_(columns_, kFree) {}

    std::vector<std::size_t> run() {
        for (std::size_t row = 0; row < cost_.size(); ++row) add(row);
        std::vector<std::size_t> column_of(cost_.size(), 0);
        for (std::size_t column = 0; column < columns_; ++column) {
            if (row_at_[column] != kFree) column_of[row_at_[column]] = column;
        }
        return column_of;
    }

private:
    void add(std::size_t row) {
        distance_.assign(columns_, std::numeric_limits<double>::infinity());
        before_.assign(columns_, kFree);
        done_.assign(columns_, false);
        std::size_t at = row;
        std::size_t column = kFree;
        double length = 0;
        do {
            if (column != kFree) done_[column] = true;
            relax(at, column, length);
            column = nearest();
            length = distance_[column];
            at = row_at_[column];
        } while (at != kFree);
        shift_potentials(row, length);
        while (column != kFree) {
            const std::size_t last = before_[column];
            row_at_[column] = last == kFree ? row : row_at_[last];
            column = last;
        }
    }

    /// Paths over `row`, which was reached by `column` at `length`.
    void relax(std::size_t row, std::size_t column, double length) {
        for (std::size_t next = 0; next < columns_; ++next) {
            if (done_[next]) continue;
            const double reduced = cost_[row][next] - of_row_[row] - of_column_[next];
            if (length + reduced >= distance_[next]) continue;
            distance_[next] = length + reduced;
            before_[next] = column;
        }
    }

    [[nodiscard]] std::size_t nearest() const {
        std::size_t best = kFree;
        for (std::size_t column = 0; column < columns_; ++column) {
            if (done_[column]) continue;
            if (best == kFree || distance_[column] < distance_[best]) best = column;
        }
        return best;
    }

    void shift_potentials(std::size_t row, double length) {
        of_row_[row] += length;
        for (std::size_t column = 0; column < columns_; ++column) {
            if (!done_[column]) continue;
            of_row_[row_at_[column]] += length - distance_[column];
            of_column_[column] -= length - distance_[column];
        }
    }

    const std::vector<std::vector<double>>& cost_;
    std::size_t columns_;
    std::vector<double> of_row_;  ///< potentials: reduced costs are never negative
    std::vector<double> of_column_;
    std::vector<std::size_t> row_at_;  ///< of each column
    std::vector<double> distance_;
    std::vector<std::size_t> before_;  ///< the column before on the path; kFree: its begin
    std::vector<bool> done_;
};

}  // namespace

std::vector<std::size_t> cheapest_matching(const std::vector<std::vector<double>>& cost) {
    return Matching(cost).run();
}

}  // namespace rtlgen::datasets
