// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/words.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/rtl/lexer.h"

namespace rtlgen::rtl {
namespace {

constexpr std::string_view kKeywords =
    "accept_on alias always always_comb always_ff always_latch and assert assign assume automatic "
    "before begin bind bins binsof bit break buf bufif0 bufif1 byte case casex casez cell chandle "
    "checker class clocking cmos config const constraint context continue cover covergroup "
    "coverpoint cross deassign default defparam design disable dist do edge else end endcase "
    "endchecker endclass endclocking endconfig endfunction endgenerate endgroup endinterface "
    "endmodule endpackage endprimitive endprogram endproperty endspecify endsequence endtable "
    "endtask enum event eventually expect export extends extern final first_match for force "
    "foreach forever fork forkjoin function generate genvar global highz0 highz1 if iff ifnone "
    "ignore_bins illegal_bins implements implies import incdir include initial inout input inside "
    "instance int integer interconnect interface intersect join join_any join_none large let "
    "liblist library local localparam logic longint macromodule matches medium modport module "
    "nand negedge nettype new nexttime nmos nor noshowcancelled not notif0 notif1 null or output "
    "package packed parameter pmos posedge primitive priority program property protected pull0 "
    "pull1 pulldown pullup pulsestyle_ondetect pulsestyle_onevent pure rand randc randcase "
    "randsequence rcmos real realtime ref reg reject_on release repeat restrict return rnmos rpmos "
    "rtran rtranif0 rtranif1 s_always s_eventually s_nexttime s_until s_until_with scalared "
    "sequence shortint shortreal showcancelled signed small soft solve specify specparam static "
    "string strong strong0 strong1 struct super supply0 supply1 sync_accept_on sync_reject_on "
    "table tagged task this throughout time timeprecision timeunit tran tranif0 tranif1 tri tri0 "
    "tri1 triand trior trireg type typedef union unique unique0 unsigned until until_with untyped "
    "use uwire var vectored virtual void wait wait_order wand weak weak0 weak1 while wildcard wire "
    "with within wor xnor xor";

constexpr std::string_view kDirectives =
    "begin_keywords celldefine default_decay_time default_nettype default_trireg_strength define "
    "delay_mode_distributed delay_mode_path delay_mode_unit delay_mode_zero disable_portfaults "
    "else "
    "elsif enable_portfaults end_keywords endcelldefine endif endprotect error expand_vectornets "
    "ifdef ifndef include line nosuppress_faults nounconnected_drive pragma protect resetall "
    "suppress_faults timescale unconnected_drive undef undefineall uselib "
    "systemc_class_name systemc_clocking systemc_ctor systemc_dtor systemc_header "
    "systemc_header_post systemc_imp_header systemc_implementation systemc_interface "
    "verilator_config "
    "verilog";

std::vector<std::string_view> sorted_words(std::string_view list) {
    std::vector<std::string_view> words = split(list, ' ');
    std::ranges::sort(words);
    return words;
}

}  // namespace

bool is_keyword(std::string_view word) {
    static const std::vector<std::string_view> words = sorted_words(kKeywords);
    return std::ranges::binary_search(words, word);
}

bool is_directive_word(std::string_view word) {
    static const std::vector<std::string_view> words = sorted_words(kDirectives);
    return std::ranges::binary_search(words, word);
}

}  // namespace rtlgen::rtl
